import { type Limited, withinRange } from "./limited.ts";
import type { Bounds } from "./rate.ts";

/** horizontal.go scaleUpLimitFactor, scaleUpLimitMinimum: how far one sync may go up without a `behavior`. */
const factor = 2;
const atLeast = 4;

/** horizontal.go convertDesiredReplicasWithRules. There is no such limit on the way down. */
export function limitWithoutBehavior(current: number, desired: number, { minReplicas, maxReplicas }: Bounds): Limited {
  if (desired < minReplicas) return { replicas: minReplicas, reason: "TooFewReplicas" };
  const limit = Math.max(factor * current, atLeast);
  if (desired > Math.min(limit, maxReplicas))
    return maxReplicas > limit
      ? { replicas: limit, reason: "ScaleUpLimit" }
      : { replicas: maxReplicas, reason: "TooManyReplicas" };
  return withinRange(desired);
}
