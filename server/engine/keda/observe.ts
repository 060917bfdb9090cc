import type { Milli } from "../hpa/milli.ts";
import { hasValidFallback, standInFor, type TargetReplicas, type TriggerHealth } from "./fallback.ts";
import { floatOf } from "./float.ts";
import { FormulaError } from "./formula/error.ts";
import { compileFormula, evaluateFormula, type Formula } from "./formula/formula.ts";
import { metricName } from "./metric-name.ts";
import { cutMilli, fromMilli, toMilli } from "./milli.ts";
import type { TriggerReading } from "./reading.ts";
import { modifiersOf, type ScaledObjectSpec, type Trigger } from "./spec.ts";
import { activationOf, formulaNames, isResourceTrigger } from "./trigger.ts";
import type { KedaFeatures } from "./version.ts";

/** One trigger as it was found, fallback included. */
export interface Observation {
  readonly trigger: Trigger;
  readonly metric: string;
  /** What it counts as. `nil`: the formula goes on without it. */
  readonly found:
    | { readonly kind: "metric"; readonly value: Milli; readonly fallback: boolean }
    | { readonly kind: "nil" }
    | { readonly kind: "error"; readonly because: string };
  /** The scaler itself called it active; a metric of a fallback is active when it asks for anything. */
  readonly active: boolean;
}

/** Asks the triggers (not cpu and memory) and counts failures. `readings` stand in the order of the triggers. */
export function observe(
  spec: ScaledObjectSpec,
  readings: readonly (TriggerReading | undefined)[],
  health: TriggerHealth,
  workload: TargetReplicas,
  features: KedaFeatures,
  asked: (metric: string) => boolean = () => true,
): { readonly observations: readonly Observation[]; readonly health: TriggerHealth } {
  const counted = new Map(health);
  const observations = spec.triggers.flatMap((trigger, index): readonly Observation[] => {
    const metric = metricName(trigger, index);
    if (isResourceTrigger(trigger) || !asked(metric)) return [];
    const reading = readings[index] ?? { kind: "error", because: "it was not read" };
    if (hasValidFallback(spec)) counted.set(metric, reading.kind === "error" ? (counted.get(metric) ?? 0) + 1 : 0);
    return [observed(spec, trigger, metric, reading, counted.get(metric) ?? 0, workload, features)];
  });
  return { observations, health: counted };
}

function observed(
  spec: ScaledObjectSpec,
  trigger: Trigger,
  metric: string,
  reading: TriggerReading,
  failures: number,
  workload: TargetReplicas,
  features: KedaFeatures,
): Observation {
  if (reading.kind === "value") {
    const active = reading.active ?? reading.value > activationOf(trigger);
    return {
      trigger,
      metric,
      active,
      found: { kind: "metric", value: toMilli(reading.value, features), fallback: false },
    };
  }
  const standIn = standInFor(spec, trigger, failures, workload, features);
  if (standIn.kind === "none") return { trigger, metric, active: false, found: reading };
  if (standIn.kind === "nil") return { trigger, metric, active: false, found: standIn };
  return {
    trigger,
    metric,
    active: standIn.value > 0,
    found: { kind: "metric", value: standIn.value, fallback: true },
  };
}

/**
 * The composite metric of these observations; undefined where the formula fails on them, which KEDA only logs. A FormulaError: we gave
 * up, and what KEDA makes of it is not known.
 */
export function compositeOf(
  spec: ScaledObjectSpec,
  formula: Formula,
  observations: readonly Observation[],
): Milli | FormulaError | undefined {
  // Fallbacks of several triggers all say the same: the first stands for all (keda issue 5371).
  const fallback = observations.find(({ found }) => found.kind === "metric" && found.fallback);
  if (fallback?.found.kind === "metric") return fallback.found.value;
  const values = new Map(
    observations.flatMap(({ trigger, found }) =>
      trigger.name && found.kind === "metric" ? [[trigger.name, fromMilli(found.value)] as const] : [],
    ),
  );
  try {
    const result = evaluateFormula(formula, values) ?? withoutTriggers(spec);
    return result === undefined || !Number.isFinite(result) ? undefined : cutMilli(result);
  } catch (error) {
    if (error instanceof FormulaError) return isOurs(error) ? error : undefined;
    throw error;
  }
}

/** KEDA may do what we do not. */
export function isOurs({ fault }: FormulaError): boolean {
  return fault === "unsupported" || fault === "limit";
}

/** Every trigger of the formula failed. */
function withoutTriggers(spec: ScaledObjectSpec): number | undefined {
  const target = floatOf(modifiersOf(spec)?.target);
  return spec.fallback === undefined || target === undefined ? undefined : spec.fallback.replicas * target;
}

/** Compiled as KEDA compiles it; a FormulaError where it would not, undefined where there are no scaling modifiers. */
export function formulaOf(spec: ScaledObjectSpec): Formula | FormulaError | undefined {
  const modifiers = modifiersOf(spec);
  if (modifiers === undefined) return undefined;
  try {
    return compileFormula(modifiers.formula ?? "", formulaNames(spec));
  } catch (error) {
    if (error instanceof FormulaError) return error;
    throw error;
  }
}
