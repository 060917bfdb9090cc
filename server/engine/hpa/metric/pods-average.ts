import type { ControllerSettings } from "../controller.ts";
import { add, asFloat, divide, type Milli, multiply } from "../milli.ts";
import { groupOf, type Pod } from "../pods.ts";
import type { Tolerance } from "../tolerance.ts";
import { type Proposal, type Unread, unreadBecause } from "./proposal.ts";
import { settle, settleRebalanced } from "./rebalance.ts";

export interface PodsAverage {
  readonly currentReplicas: number;
  readonly target: Milli;
  /** Empty for a Pods metric; `cpu` doubts pods that start. */
  readonly resource: string;
  readonly tolerance: Tolerance;
  readonly pods: readonly Pod[];
  readonly now: number;
}

/** replica_calculator.go calcPlainMetricReplicas: a Pods metric, or a resource with averageValue. */
export function podsAverage(input: PodsAverage, settings: ControllerSettings): Proposal | Unread {
  const { currentReplicas, target, tolerance } = input;
  const tally = count(input, settings);
  if (tally.listed === 0) return unreadBecause.noPods;
  if (tally.samples === 0) return unreadBecause.noSamples;
  const usage = divide(tally.total, tally.samples);
  const ratio = asFloat(usage) / asFloat(target);
  const unready = ratio > 1 ? tally.unready : 0;
  if (unready === 0 && tally.missing === 0)
    return { ...settle(currentReplicas, tolerance, ratio, tally.ready), usage, ratio, rebalancedRatio: undefined };

  // A pod without a sample counts as exactly on target on the way down and as idle on the way up.
  const missing = ratio === 1 ? 0 : tally.missing;
  const total = ratio < 1 ? add(tally.total, multiply(target, missing)) : tally.total;
  const counted = tally.samples + missing + unready;
  const rebalancedRatio = asFloat(divide(total, counted)) / asFloat(target);
  const settled = settleRebalanced(currentReplicas, tolerance, ratio, rebalancedRatio, counted);
  return { ...settled, usage, ratio, rebalancedRatio };
}

function count({ pods, resource, now }: PodsAverage, settings: ControllerSettings) {
  const tally = { listed: 0, ready: 0, unready: 0, missing: 0, samples: 0, total: 0 as Milli };
  for (const pod of pods) {
    const group = pod.listed === false ? "unlisted" : groupOf(pod, resource, settings, now);
    if (group !== "unlisted") tally.listed++;
    if (group === "unready") tally.unready++;
    if (group === "missing") tally.missing++;
    if (group === "ready") tally.ready++;
    // The average is over whatever samples came, of pods the selector does not know too.
    if ((group === "ready" || group === "unlisted") && pod.sample !== undefined) {
      tally.samples++;
      tally.total = add(tally.total, pod.sample.value);
    }
  }
  return tally;
}
