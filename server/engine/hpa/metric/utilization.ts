import type { ControllerSettings } from "../controller.ts";
import { add, divide, type Milli, multiply } from "../milli.ts";
import { groupOf, type Pod } from "../pods.ts";
import type { Tolerance } from "../tolerance.ts";
import { type Unread, type UtilizationProposal, unreadBecause } from "./proposal.ts";
import { settle, settleRebalanced } from "./rebalance.ts";

export interface Utilization {
  readonly currentReplicas: number;
  /** Whole percent. */
  readonly target: number;
  readonly resource: string;
  readonly tolerance: Tolerance;
  readonly pods: readonly Pod[];
  readonly now: number;
}

export interface UtilizationReading extends UtilizationProposal {
  /** What the ready pods use on average. */
  readonly usage: Milli;
}

/** replica_calculator.go GetResourceReplicas: a Resource or ContainerResource metric with averageUtilization. */
export function resourceUtilization(input: Utilization, settings: ControllerSettings): UtilizationReading | Unread {
  const { currentReplicas, target, tolerance, resource, pods } = input;
  const tally = count(input, settings);
  if (tally.listed === 0) return unreadBecause.noPods;
  if (tally.ready + tally.unlisted === 0) return unreadBecause.noSamples;
  if (pods.some((pod) => pod.listed !== false && pod.request === undefined))
    return { error: `missing request for ${resource}` };
  if (tally.requested === 0) return unreadBecause.noKnownPods;

  const utilization = percent(tally.used, tally.requested);
  const ratio = utilization / target;
  const measured = { usage: divide(tally.used, tally.ready), utilization, ratio };
  const unready = ratio > 1 ? tally.unready : 0;
  if (unready === 0 && tally.missing === 0)
    return { ...settle(currentReplicas, tolerance, ratio, tally.ready), ...measured, rebalancedRatio: undefined };

  let { used, requested } = tally;
  let counted = tally.ready + tally.unlisted;
  for (const pod of pods) {
    if (pod.listed === false) continue;
    const group = groupOf(pod, resource, settings, input.now);
    if (!((group === "missing" && ratio !== 1) || (group === "unready" && unready > 0))) continue;
    const request = pod.request ?? 0;
    requested = add(requested, request);
    // A pod without a sample counts as using all it requests on the way down (or the target, where that is more).
    if (group === "missing" && ratio < 1) used = add(used, divide(multiply(request, Math.max(100, target)), 100));
    counted++;
  }
  const rebalancedRatio = percent(used, requested) / target;
  const settled = settleRebalanced(currentReplicas, tolerance, ratio, rebalancedRatio, counted);
  return { ...settled, ...measured, rebalancedRatio };
}

/** Cut off behind the point, in int32. */
function percent(used: Milli, requested: Milli): number {
  return Number(BigInt.asIntN(32, BigInt(divide(multiply(used, 100), requested))));
}

function count({ pods, resource, now }: Utilization, settings: ControllerSettings) {
  const tally = { listed: 0, ready: 0, unready: 0, missing: 0, unlisted: 0, used: 0 as Milli, requested: 0 as Milli };
  for (const pod of pods) {
    if (pod.listed === false) {
      if (pod.sample !== undefined) tally.unlisted++;
      continue;
    }
    tally.listed++;
    const group = groupOf(pod, resource, settings, now);
    if (group !== "ignored") tally[group]++;
    if (group !== "ready" || pod.sample === undefined) continue;
    tally.used = add(tally.used, pod.sample.value);
    tally.requested = add(tally.requested, pod.request ?? 0);
  }
  return tally;
}
