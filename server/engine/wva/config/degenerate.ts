import type { SaturationThresholds } from "../v1/analyze.ts";

/** A set of thresholds that WVA accepts and that cannot work. */
export interface Degeneracy {
  readonly id:
    | "queue-trigger-above-threshold"
    | "queue-trigger-equals-threshold"
    | "kv-trigger-equals-threshold"
    | "no-triggers"
    | "kv-threshold-zero"
    | "queue-threshold-zero";
  /** What WVA does then, as a sentence without a subject: "scales up in every cycle, …". */
  readonly consequence: string;
}

/** What is wrong with thresholds that passed validation; worst first. */
export function degeneracies(thresholds: SaturationThresholds): Degeneracy[] {
  const { kvCacheThreshold, queueLengthThreshold, kvSpareTrigger, queueSpareTrigger } = thresholds;
  const found: Degeneracy[] = [];
  const add = (holds: boolean, id: Degeneracy["id"], consequence: string) => {
    if (holds) found.push({ id, consequence });
  };
  add(
    queueSpareTrigger > queueLengthThreshold,
    "queue-trigger-above-threshold",
    "scales up in every cycle and never down, even without load: the spare queue cannot exceed its threshold",
  );
  add(kvCacheThreshold === 0, "kv-threshold-zero", "holds every replica saturated, whatever its KV cache holds");
  add(queueLengthThreshold === 0, "queue-threshold-zero", "holds every replica saturated, even with an empty queue");
  add(
    kvSpareTrigger === 0 && queueSpareTrigger === 0,
    "no-triggers",
    "never scales up, not even when every replica is saturated: no spare is below 0",
  );
  add(
    queueSpareTrigger === queueLengthThreshold && queueSpareTrigger > 0,
    "queue-trigger-equals-threshold",
    "scales up on any waiting request, and down only with empty queues",
  );
  add(
    kvSpareTrigger === kvCacheThreshold && kvSpareTrigger > 0,
    "kv-trigger-equals-threshold",
    "scales up on any use of the KV cache, and down only with empty caches",
  );
  return found;
}

/** The mean load of a replica at which WVA adds one: above either, it scales up. There is no dead band. */
export function setPoint(thresholds: SaturationThresholds): { readonly kvUsage: number; readonly queueLength: number } {
  return {
    kvUsage: thresholds.kvCacheThreshold - thresholds.kvSpareTrigger,
    queueLength: thresholds.queueLengthThreshold - thresholds.queueSpareTrigger,
  };
}

/** The largest whole queueSpareTrigger that leaves room for one waiting request a replica. */
export function workableQueueTrigger(queueLengthThreshold: number): number {
  return Math.max(0, Math.ceil(queueLengthThreshold) - 1);
}
