import { itemsAt, numberAt, type Placed, stringAt } from "../../text/read.ts";
import { defineKind } from "../kind.ts";
import type { StackObject } from "../stack-object.ts";

/** A priority that requests can ask for. */
export interface InferenceObjectiveView {
  readonly pools: readonly Placed<string>[];
  readonly priority: Placed<number> | undefined;
}

const view = ({ root }: StackObject<InferenceObjectiveView>): InferenceObjectiveView => ({
  pools: [
    stringAt(root, "spec", "poolRef", "name") ?? [],
    ...itemsAt(root, "spec", "poolRefs").map((ref) => stringAt(ref, "name") ?? []),
  ].flat(),
  priority: numberAt(root, "spec", "priority"),
});

const id = "inference-objective";
const title = "InferenceObjective";

export const inferenceObjective = defineKind<InferenceObjectiveView>({
  id,
  title,
  schema: id,
  recognise: { group: "llm-d.ai", kind: title },
  view,
});

/** The same in the group it had up to GIE 1.5. */
export const gieInferenceObjective = defineKind<InferenceObjectiveView>({
  id,
  title,
  schema: id,
  recognise: { group: "inference.networking.x-k8s.io", kind: title },
  view,
});
