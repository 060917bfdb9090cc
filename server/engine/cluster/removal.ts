import { hasNode, isActive, isReady } from "./phase.ts";
import type { LivingPod } from "./pod.ts";

/**
 * Which pods a ReplicaSet gives up first: without a node, then not ready, then from nodes that hold most of its pods, then the youngest
 * (kubernetes pkg/controller/controller_utils.go ActivePodsWithRanks; ages are compared exactly here, upstream in powers of two).
 */
export function toRemove(pods: readonly LivingPod[], count: number): readonly LivingPod[] {
  const active = pods.filter(({ phase }) => isActive(phase));
  const onNode = new Map<unknown, number>();
  for (const { node } of active) if (node !== undefined) onNode.set(node, (onNode.get(node) ?? 0) + 1);
  const rank = (pod: LivingPod) => (!hasNode(pod.phase) ? 0 : isReady(pod.phase) ? 2 : 1);
  const youth = new Map(active.map((pod, index) => [pod, index]));
  return active
    .toSorted(
      (a, b) =>
        rank(a) - rank(b) ||
        (onNode.get(b.node) ?? 0) - (onNode.get(a.node) ?? 0) ||
        b.askedAt - a.askedAt ||
        (youth.get(b) ?? 0) - (youth.get(a) ?? 0),
    )
    .slice(0, Math.max(0, count));
}
