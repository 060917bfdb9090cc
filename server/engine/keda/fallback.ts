import type { Milli } from "../hpa/milli.ts";
import { floatOf } from "./float.ts";
import { cutToInt64, fromMilli, toMilli } from "./milli.ts";
import { type Fallback, modifiersOf, type ScaledObjectSpec, type Trigger } from "./spec.ts";
import { targetOf } from "./trigger.ts";
import type { KedaFeatures } from "./version.ts";

/** Failures in a row of each external metric, by its name; success sets it back to 0. */
export type TriggerHealth = ReadonlyMap<string, number>;

/** The scale target as it is: what its spec asks for, and how many of its pods are Running and Ready. */
export interface TargetReplicas {
  readonly replicas: number;
  readonly readyReplicas: number;
}

/** What stands in for a metric that failed. `nil`: the formula goes on without it. */
export type StandIn =
  | { readonly kind: "metric"; readonly value: Milli; readonly replicas: number }
  | { readonly kind: "nil" }
  | { readonly kind: "none"; readonly because: string };

/** How many replicas a fallback asks for. */
export function fallbackReplicas(
  { replicas, behavior = "static" }: Fallback,
  current: number,
  { fallbackBehavior }: Pick<KedaFeatures, "fallbackBehavior">,
): number {
  if (!fallbackBehavior) return replicas;
  if (behavior === "currentReplicas") return current;
  if (behavior === "currentReplicasIfHigher") return Math.max(current, replicas);
  return behavior === "currentReplicasIfLower" ? Math.min(current, replicas) : replicas;
}

/** With scaling modifiers the target must be a whole number, or the fallback is off without a word. */
export function hasValidFallback(spec: ScaledObjectSpec): boolean {
  const { fallback } = spec;
  if (fallback === undefined || fallback.failureThreshold < 0 || fallback.replicas < 0) return false;
  const modifiers = modifiersOf(spec);
  return modifiers === undefined || /^\+?0*[1-9][0-9]{0,17}$/.test(modifiers.target ?? "");
}

/** What KEDA gives instead of a metric after so many failures in a row. Source: keda pkg/fallback/fallback.go. */
export function standInFor(
  spec: ScaledObjectSpec,
  trigger: Trigger,
  failures: number,
  { replicas, readyReplicas }: TargetReplicas,
  features: KedaFeatures,
): StandIn {
  const { fallback } = spec;
  if (fallback === undefined || !hasValidFallback(spec)) return none("there is no fallback that counts");
  if (failures <= fallback.failureThreshold) return none("it has not failed often enough for its fallback");
  const { target, type } = aim(spec, trigger);
  if (target === undefined) return none("its target is not known");
  if (type === "Value" && !features.fallbackForValue)
    return none("a fallback needs metricType AverageValue before KEDA 2.18");
  if (features.fallbackInFormula && fallback.behavior === "scalingModifiers") return { kind: "nil" };
  if (type === "Value" && readyReplicas === 0) return none("a fallback for metricType Value needs a ready pod");
  const wanted = fallbackReplicas(fallback, replicas, features);
  const each = features.fallbackForValue ? target : Math.trunc(target);
  const value = cutToInt64(each * 1000 * (type === "Value" ? wanted / readyReplicas : wanted));
  return { kind: "metric", value, replicas: wanted };
}

function aim(spec: ScaledObjectSpec, trigger: Trigger): { target: number | undefined; type: string } {
  const modifiers = modifiersOf(spec);
  if (modifiers !== undefined)
    return { target: floatOf(modifiers.target), type: modifiers.metricType ?? "AverageValue" };
  const target = targetOf(trigger);
  return {
    target: target === undefined ? undefined : fromMilli(toMilli(target, { roundedMetrics: true })),
    type: trigger.metricType ?? "AverageValue",
  };
}

function none(because: string): StandIn {
  return { kind: "none", because };
}
