import type { StackObject } from "../../../server/kinds/stack-object.ts";
import { setScalar } from "../../../server/text/edits.ts";
import { at, itemsAt, scalarAt } from "../../../server/text/read.ts";
import { replaced } from "./caches.ts";
import { type Operator, operator, textAt, write } from "./operator.ts";

/** Whether a router of the stack holds requests back. */
function holdsBack(others: readonly StackObject[]): boolean {
  return others.some(({ kind, root }) => kind.id === "epp-config" && at(root, "flowControl") !== undefined);
}

function triggers({ root }: StackObject) {
  return itemsAt(root, "spec", "triggers").filter((trigger) => textAt(trigger, "type") === "prometheus");
}

export const heldBackOperators: readonly Operator[] = [
  operator("keda/wait-at-zero", "scaled-object", "no replica behind a router that waits less than a start", (object, others) =>
    holdsBack(others) ? write(scalarAt(object.root, "spec", "minReplicaCount"), "0") : [],
  ),
  operator("prometheus/held-back-queue", "scaled-object", "vLLM's queue in place of the router's", (object, others) =>
    triggers(object).flatMap((trigger) => {
      const query = scalarAt(trigger, "metadata", "query");
      const threshold = scalarAt(trigger, "metadata", "threshold");
      if (!holdsBack(others) || query === undefined || threshold === undefined) return [];
      if (!query.text.includes("queue_size")) return [];
      const asked = 'sum(vllm:num_requests_waiting{namespace="llm"})';
      return [{ edits: [setScalar(query, asked), setScalar(threshold, "8")], at: threshold }];
    }),
  ),
  operator("prometheus/other-pool", "scaled-object", "a pool that is not there", (object, others) =>
    others.some(({ apiKind }) => apiKind === "InferencePool")
      ? triggers(object).flatMap((trigger) =>
          replaced(scalarAt(trigger, "metadata", "query"), /inference_pool="/, 'inference_pool="x-'),
        )
      : [],
  ),
];
