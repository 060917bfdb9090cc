import { workableQueueTrigger } from "../../engine/wva/config/degenerate.ts";
import type { ScalingEntry } from "../../engine/wva/config/entry.ts";

/** Says what a saturation ConfigMap is for. */
export const workloadAnnotation = "headroom.dev/workload";

/**
 * What guides for WVA start from. For interactive work they print a queueSpareTrigger of 5 over a threshold of 3, which
 * can never be met; the largest that can stands here.
 */
export const workloadProfiles: ReadonlyMap<string, Required<Pick<ScalingEntry, ProfileKey>>> = new Map([
  ["interactive", profile(0.7, 3, 0.2, workableQueueTrigger(3))],
  ["content", profile(0.8, 5, 0.1, 3)],
  ["batch", profile(0.9, 15, 0.05, 2)],
  ["mixed", profile(0.8, 8, 0.15, 4)],
]);

type ProfileKey = "kvCacheThreshold" | "queueLengthThreshold" | "kvSpareTrigger" | "queueSpareTrigger";

function profile(
  kvCacheThreshold: number,
  queueLengthThreshold: number,
  kvSpareTrigger: number,
  queueSpareTrigger: number,
) {
  return { kvCacheThreshold, queueLengthThreshold, kvSpareTrigger, queueSpareTrigger };
}
