import { at, type Placed, stringAt } from "../../text/read.ts";
import { readScaleTarget, type ScaleTarget } from "../hpa/scale-target.ts";
import { defineKind } from "../kind.ts";

export interface VariantView {
  readonly target: ScaleTarget | undefined;
  readonly modelId: Placed<string> | undefined;
}

export const variantAutoscaling = defineKind<VariantView>({
  id: "variant-autoscaling",
  title: "VariantAutoscaling",
  schema: "variant-autoscaling",
  recognise: { group: "llmd.ai", kind: "VariantAutoscaling" },
  view: ({ root }) => ({
    target: readScaleTarget(at(root, "spec", "scaleTargetRef"), "Deployment"),
    modelId: stringAt(root, "spec", "modelID"),
  }),
  keys: ({ view }) => (view.target === undefined ? [] : [`variant-of/${view.target.kind}/${view.target.name.value}`]),
});
