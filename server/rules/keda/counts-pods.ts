import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { at, itemsAt, resolve } from "../../text/read.ts";

/** What kube-state-metrics says of a workload's replicas and pods. */
const podCounts =
  /\bkube_(?:deployment|statefulset|replicaset|horizontalpodautoscaler)_(?:spec|status)_\w*replicas|\bkube_pod_/;

/**
 * Whether the formula of a ScaledObject knows how many pods there are or are on their way: such a one may keep itself
 * from ordering twice for the same backlog, where others need a window.
 */
export function countsPods({ kind, root }: StackObject): boolean {
  if (kind.id !== scaledObject.id || at(root, "spec", "advanced", "scalingModifiers", "formula") === undefined)
    return false;
  return itemsAt(root, "spec", "triggers").some((trigger) => {
    const query = resolve(at(trigger, "metadata", "query"));
    return query?.type === "scalar" && podCounts.test(query.text);
  });
}
