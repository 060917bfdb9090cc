import { itemsAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import type { StackObject } from "../stack-object.ts";

/** Sends requests for one model name to others. */
export interface InferenceModelRewriteView {
  readonly pool: Placed<string> | undefined;
  /** The names it sends requests to. */
  readonly targets: readonly Placed<string>[];
}

const view = ({ root }: StackObject<InferenceModelRewriteView>): InferenceModelRewriteView => ({
  pool: stringAt(root, "spec", "poolRef", "name"),
  targets: itemsAt(root, "spec", "rules")
    .flatMap((rule) => itemsAt(rule, "targets"))
    .flatMap((target) => stringAt(target, "modelRewrite") ?? []),
});

const id = "inference-model-rewrite";
const title = "InferenceModelRewrite";

export const inferenceModelRewrite = defineKind<InferenceModelRewriteView>({
  id,
  title,
  schema: id,
  recognise: { group: "llm-d.ai", kind: title },
  view,
});

/** The same in the group it had up to GIE 1.5. */
export const gieInferenceModelRewrite = defineKind<InferenceModelRewriteView>({
  id,
  title,
  schema: id,
  recognise: { group: "inference.networking.x-k8s.io", kind: title },
  view,
});
