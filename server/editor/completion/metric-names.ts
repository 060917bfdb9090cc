import { adapterName, type MetricFact, metrics } from "../../kinds/metrics/catalogue.ts";
import type { Candidate } from "./candidate.ts";

/** Names as the metrics API has them. */
export function adapterNames(): Candidate[] {
  return metrics.map((metric) => metricCandidate(metric, adapterName(metric.name)));
}

export function describe({ source, type, unit, meaning, now }: MetricFact): string {
  const replaced = now === undefined ? "" : `\n\nNow called \`${now}\`.`;
  return `${meaning}${replaced}\n\n${source} ${type}, ${unit}.`;
}

export function metricCandidate(metric: MetricFact, label: string): Candidate {
  const { source, unit, now } = metric;
  return { label, detail: `${source}, ${unit}`, documentation: describe(metric), rank: now === undefined ? 0 : 1 };
}
