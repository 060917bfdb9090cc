import type { Candidate, Comparison } from "../decision/decision.ts";
import type { Milli } from "../hpa/milli.ts";
import type { TargetReplicas, TriggerHealth } from "./fallback.ts";
import { floatOf } from "./float.ts";
import { FormulaError } from "./formula/error.ts";
import { fromMilli } from "./milli.ts";
import { compositeOf, formulaOf, type Observation, observe } from "./observe.ts";
import type { TriggerReading } from "./reading.ts";
import { compositeMetric, modifiersOf, type ScaledObjectSpec } from "./spec.ts";
import { activationOf, hasOnlyResourceTriggers } from "./trigger.ts";
import type { KedaFeatures } from "./version.ts";

/** What the triggers say together. */
export interface Activity {
  /** The formula does not compile, and KEDA does not even ask; or we cannot evaluate it, and do not know what KEDA does. */
  readonly formulaError?: FormulaError;
  readonly active: boolean;
  readonly error: boolean;
  readonly health: TriggerHealth;
  /** What is above its activation threshold. */
  readonly above: readonly Comparison[];
  /** What is not. */
  readonly below: readonly Comparison[];
  /** Triggers that do not keep it awake. */
  readonly inactive: readonly Candidate[];
}

/**
 * One active trigger keeps all awake; a formula decides instead of its triggers. With nothing but cpu and memory it could never wake
 * again, so it is always active. Source: keda pkg/scaling/scale_handler.go, getScaledObjectState.
 */
export function activityOf(
  spec: ScaledObjectSpec,
  readings: readonly (TriggerReading | undefined)[],
  workload: TargetReplicas & { readonly health: TriggerHealth },
  features: KedaFeatures,
): Activity {
  const formula = formulaOf(spec);
  if (formula instanceof FormulaError) return { ...silent(workload.health), error: true, formulaError: formula };
  const polled = features.fallbackWhilePolling ? spec : withoutFallback(spec);
  const seen = observe(polled, readings, workload.health, workload, features);
  const error = seen.observations.some(({ found }) => found.kind === "error");
  const health = features.fallbackWhilePolling ? seen.health : workload.health;
  if (formula !== undefined) {
    const composite = error ? undefined : compositeOf(spec, formula, seen.observations);
    if (composite instanceof FormulaError) return { ...silent(health), error: true, formulaError: composite };
    const { active, ...told } = ofComposite(spec, composite, health);
    return { ...told, active: active || (hasOnlyResourceTriggers(spec) && !error), error };
  }
  const told = seen.observations.map(toldOf);
  return {
    active: told.some(({ active }) => active) || (hasOnlyResourceTriggers(spec) && !error),
    error,
    health,
    above: told.flatMap(({ active, compared }) => (active && compared !== undefined ? [compared] : [])),
    below: told.flatMap(({ active, compared }) => (!active && compared !== undefined ? [compared] : [])),
    inactive: told.flatMap(({ active, name, because }) => (active ? [] : [{ name, because }])),
  };
}

/** Before KEDA 2.19 polling knows no fallback and does not count failures. */
function withoutFallback({ fallback: _, ...spec }: ScaledObjectSpec): ScaledObjectSpec {
  return spec;
}

function ofComposite(spec: ScaledObjectSpec, value: Milli | undefined, health: TriggerHealth): Activity {
  if (value === undefined) return silent(health);
  const composite = fromMilli(value);
  const activation = floatOf(modifiersOf(spec)?.activationTarget) ?? 0;
  const active = composite > activation;
  const compared: Comparison = {
    left: { name: compositeMetric, value: composite },
    relation: active ? ">" : "<=",
    right: { name: "activationTarget", value: activation },
  };
  return { ...silent(health), active, above: active ? [compared] : [], below: active ? [] : [compared] };
}

function silent(health: TriggerHealth): Activity {
  return { active: false, error: false, health, above: [], below: [], inactive: [] };
}

function toldOf({ trigger, metric, found, active }: Observation) {
  const name = trigger.name ?? metric;
  if (found.kind === "error") return { name, active, because: found.because, compared: undefined };
  if (found.kind === "nil") return { name, active, because: "it failed", compared: undefined };
  const value = fromMilli(found.value);
  const threshold = found.fallback || trigger.type === "cron" ? undefined : activationOf(trigger);
  const because = trigger.type === "cron" ? "its window is closed" : "it is not above what activates it";
  if (threshold === undefined) return { name, active, because, compared: undefined };
  const compared: Comparison = {
    left: { name, value },
    relation: active ? ">" : "<=",
    right: { name: "activation", value: threshold },
  };
  return { name, active, because, compared };
}
