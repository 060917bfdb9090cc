import { type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";

/** Criticality and traffic split of a model name, up to GIE 0.5. */
export interface InferenceModelView {
  readonly modelName: Placed<string> | undefined;
  readonly pool: Placed<string> | undefined;
}

export const inferenceModel = defineKind<InferenceModelView>({
  id: "inference-model",
  title: "InferenceModel",
  schema: "inference-model",
  recognise: { group: "inference.networking.x-k8s.io", kind: "InferenceModel" },
  view: ({ root }) => ({
    modelName: stringAt(root, "spec", "modelName"),
    pool: stringAt(root, "spec", "poolRef", "name"),
  }),
});
