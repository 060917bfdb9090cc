import type { Milli } from "../hpa/milli.ts";
import type { TargetReplicas, TriggerHealth } from "./fallback.ts";
import { FormulaError } from "./formula/error.ts";
import { compositeOf, formulaOf, observe } from "./observe.ts";
import type { TriggerReading } from "./reading.ts";
import { compositeMetric, type ScaledObjectSpec } from "./spec.ts";
import { kedaFeatures, newestKeda } from "./version.ts";

/** What KEDA's metrics server answers an HPA that asks for one of its external metrics. */
export type MetricAnswer =
  | { readonly kind: "metric"; readonly value: Milli; readonly fallback: boolean }
  | { readonly kind: "error"; readonly because: string };

/**
 * Each question is put to the triggers at once; `pollingInterval` plays no part. (A trigger with `useCachedMetrics` answers with the
 * reading of the last poll: hand in that one.) Source: keda pkg/scaling/scale_handler.go, GetScaledObjectMetrics.
 */
export function answerHpa(
  spec: ScaledObjectSpec,
  metric: string,
  readings: readonly (TriggerReading | undefined)[],
  health: TriggerHealth,
  workload: TargetReplicas,
  kedaMinor: number = newestKeda,
): { readonly answer: MetricAnswer; readonly health: TriggerHealth } {
  const composite = metric === compositeMetric;
  const asked = (name: string) => composite || name === metric;
  const seen = observe(spec, readings, health, workload, kedaFeatures(kedaMinor), asked);
  const answered = (answer: MetricAnswer) => ({ answer, health: seen.health });
  const { observations } = seen;
  const fallback = observations.some(({ found }) => found.kind === "metric" && found.fallback);
  for (const { found } of observations) if (found.kind === "error" && !fallback) return answered(found);
  if (composite) {
    const formula = formulaOf(spec);
    if (formula === undefined) return answered(failed("no matching metrics found"));
    const value = formula instanceof FormulaError ? formula : compositeOf(spec, formula, observations);
    if (value instanceof FormulaError) return answered(failed(value.message));
    return answered(value === undefined ? failed("the formula gave no number") : { kind: "metric", value, fallback });
  }
  const found = observations[0]?.found;
  return answered(found?.kind === "metric" ? found : failed("no matching metrics found"));
}

function failed(because: string): MetricAnswer {
  return { kind: "error", because };
}
