import type { Milli } from "../hpa/milli.ts";
import type { Health, Replicas } from "./fallback.ts";
import { FormulaError } from "./formula/error.ts";
import { compositeOf, formulaOf, observe } from "./observe.ts";
import type { TriggerReading } from "./reading.ts";
import { compositeMetric, type ScaledObjectSpec } from "./spec.ts";
import { kedaFeatures, newestKeda } from "./version.ts";

/** What KEDA's metrics server answers an HPA that asks for one of its external metrics. */
export type Answer =
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
  health: Health,
  workload: Replicas,
  kedaMinor: number = newestKeda,
): { readonly answer: Answer; readonly health: Health } {
  const composite = metric === compositeMetric;
  const asked = (name: string) => composite || name === metric;
  const seen = observe(spec, readings, health, workload, kedaFeatures(kedaMinor), asked);
  const answered = (answer: Answer) => ({ answer, health: seen.health });
  const { observations } = seen;
  const fallback = observations.some(({ found }) => found.kind === "metric" && found.fallback);
  for (const { found } of observations) if (found.kind === "error" && !fallback) return answered(found);
  if (composite) {
    const formula = formulaOf(spec);
    const value =
      formula === undefined || formula instanceof FormulaError ? undefined : compositeOf(spec, formula, observations);
    return answered(value === undefined ? failed("the formula gave no number") : { kind: "metric", value, fallback });
  }
  const found = observations[0]?.found;
  return answered(found?.kind === "metric" ? found : failed("no matching metrics found"));
}

function failed(because: string): Answer {
  return { kind: "error", because };
}
