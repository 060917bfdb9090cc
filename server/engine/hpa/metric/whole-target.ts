import { add, asFloat, asInt64, type Milli, maxInt64, replicasOf } from "../milli.ts";
import type { PodCount } from "../pods.ts";
import { isWithin, type Tolerance } from "../tolerance.ts";
import { type AverageProposal, type Proposal, type Unread, unreadBecause } from "./proposal.ts";

/** Object and External metrics: one number for the whole target. */

export interface TargetValue {
  readonly currentReplicas: number;
  readonly target: Milli;
  readonly values: readonly Milli[];
  readonly tolerance: Tolerance;
  readonly pods: PodCount | undefined;
}

/** replica_calculator.go getUsageRatioReplicaCount: target.type Value. From zero there is no tolerance and no pod to multiply by. */
export function targetValue({ currentReplicas, target, values, tolerance, pods }: TargetValue): Proposal | Unread {
  const usage = sum(values);
  const ratio = asFloat(usage) / asFloat(target);
  if (currentReplicas === 0) return proposal(replicasOf(ratio), usage, ratio, "ratio");
  if (isWithin(tolerance, ratio)) return proposal(currentReplicas, usage, ratio, "tolerance");
  if (pods === undefined || pods.listed === 0) return unreadBecause.noPods;
  return proposal(replicasOf(ratio * pods.ready), usage, ratio, "ratio");
}

export interface TargetAverage {
  readonly statusReplicas: number;
  readonly target: Milli;
  readonly values: readonly Milli[];
  readonly tolerance: Tolerance;
  /** The controller takes a negative sum of an External metric for an overflow. */
  readonly external: boolean;
}

/** GetExternalPerPodMetricReplicas, GetObjectPerPodMetricReplicas: target.type AverageValue, by the replicas that status shows. */
export function targetAverage({ statusReplicas, target, values, tolerance, external }: TargetAverage): AverageProposal {
  const total = external ? sumOfCounts(values) : sum(values);
  const ratio = asFloat(total) / (asFloat(target) * statusReplicas);
  const within = isWithin(tolerance, ratio);
  return {
    replicas: within ? statusReplicas : replicasOf(asFloat(total) / asFloat(target)),
    because: within ? "tolerance" : "ratio",
    usage: perPodUsage(total, statusReplicas),
    total,
    ratio,
    rebalancedRatio: undefined,
  };
}

/** What status reports for a pod: rounded up, 0 over no replicas, and the end of int64 as it is. */
export function perPodUsage(total: Milli, statusReplicas: number): Milli {
  const float = asFloat(total);
  if (float >= 2 ** 63) return maxInt64;
  return statusReplicas === 0 ? 0 : asInt64(Math.ceil(float / statusReplicas));
}

/** Stops at the end of int64. */
function sum(values: readonly Milli[]): Milli {
  let total: Milli = 0;
  for (const value of values) {
    if (value > 0 && overflows(total, value)) return maxInt64;
    total = add(total, value);
  }
  return total;
}

function overflows(total: Milli, value: Milli): boolean {
  if (typeof total === "number" && typeof value === "number") return false;
  return BigInt(total) > maxInt64 - BigInt(value);
}

function sumOfCounts(values: readonly Milli[]): Milli {
  let total: Milli = 0;
  for (const value of values) {
    total = add(total, value);
    if (total < 0) return maxInt64;
  }
  return total;
}

function proposal(replicas: number, usage: Milli, ratio: number, because: Proposal["because"]): Proposal {
  return { replicas, usage, ratio, rebalancedRatio: undefined, because };
}
