import type { FilledBehavior, Rules } from "./behavior.ts";
import { type Limited, withinRange } from "./limited.ts";
import { replicasOf } from "./milli.ts";
import { changeWithin, type ScaleEvent } from "./scale-events.ts";
import type { Policy } from "./spec.ts";

/** What has happened to the count, so that a policy knows where its period started. */
export interface ScaleHistory {
  readonly ups: readonly ScaleEvent[];
  readonly downs: readonly ScaleEvent[];
}

export interface RateLimit {
  readonly replicas: number;
  /** Whose limit it is; absent when `Disabled`, or when there is no policy. */
  readonly policy: number | undefined;
}

const smallestInt32 = -(2 ** 31);
const largestInt32 = 2 ** 31 - 1;

/** horizontal.go calculateScaleUpLimitWithScalingRules */
export function scaleUpLimit(current: number, rules: Rules, history: ScaleHistory, now: number): RateLimit {
  if (rules.selectPolicy === "Disabled") return { replicas: current, policy: undefined };
  const fewest = rules.selectPolicy === "Min";
  return choose(rules, fewest, (policy) => {
    const start = periodStart(current, policy, history, now);
    // Rounded up, or a small share of few replicas would never add one. Sums wrap as int32 do.
    return policy.type === "Pods" ? (start + policy.value) | 0 : replicasOf(start * (1 + policy.value / 100));
  });
}

/** horizontal.go calculateScaleDownLimitWithBehaviors: the smallest change leaves the most replicas. */
export function scaleDownLimit(current: number, rules: Rules, history: ScaleHistory, now: number): RateLimit {
  if (rules.selectPolicy === "Disabled") return { replicas: current, policy: undefined };
  const fewest = rules.selectPolicy !== "Min";
  return choose(rules, fewest, (policy) => {
    const start = periodStart(current, policy, history, now);
    return policy.type === "Pods"
      ? (start - policy.value) | 0
      : replicasOf(Math.trunc(start * (1 - policy.value / 100)));
  });
}

function choose({ policies }: Rules, fewest: boolean, limitOf: (policy: Policy) => number): RateLimit {
  let replicas = fewest ? largestInt32 : smallestInt32;
  let chosen: number | undefined;
  policies.forEach((policy, index) => {
    const limit = limitOf(policy);
    if (chosen !== undefined && (fewest ? limit >= replicas : limit <= replicas)) return;
    replicas = limit;
    chosen = index;
  });
  return { replicas, policy: chosen };
}

function periodStart(current: number, { periodSeconds }: Policy, { ups, downs }: ScaleHistory, now: number): number {
  return (current - changeWithin(ups, periodSeconds, now) + changeWithin(downs, periodSeconds, now)) | 0;
}

export interface Bounds {
  readonly minReplicas: number;
  readonly maxReplicas: number;
}

/** horizontal.go convertDesiredReplicasWithBehaviorRate: what the policies and the bounds leave of a change. */
export function limitByBehavior(
  current: number,
  desired: number,
  { minReplicas, maxReplicas }: Bounds,
  behavior: FilledBehavior,
  history: ScaleHistory,
  now: number,
): Limited {
  if (desired > current) {
    const rate = scaleUpLimit(current, behavior.scaleUp, history, now);
    const limit = Math.max(rate.replicas, current);
    if (desired > Math.min(limit, maxReplicas))
      return maxReplicas > limit
        ? { replicas: limit, reason: "ScaleUpLimit", policy: rate.policy }
        : { replicas: maxReplicas, reason: "TooManyReplicas" };
  } else if (desired < current) {
    const rate = scaleDownLimit(current, behavior.scaleDown, history, now);
    const limit = Math.min(rate.replicas, current);
    if (desired < Math.max(limit, minReplicas))
      return minReplicas < limit
        ? { replicas: limit, reason: "ScaleDownLimit", policy: rate.policy }
        : { replicas: minReplicas, reason: "TooFewReplicas" };
  }
  return withinRange(desired);
}
