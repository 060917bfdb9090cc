import { dcgmMetrics, kedaMetrics } from "./around.ts";
import { lmcacheMetrics } from "./lmcache.ts";
import type { MetricRow } from "./metric-row.ts";
import { routerMetrics } from "./router.ts";
import { vllmMetrics } from "./vllm.ts";
import { wvaMetrics } from "./wva.ts";

/** A series that autoscalers of inference stacks follow, by its name in Prometheus. */
export interface MetricFact {
  readonly name: string;
  readonly source: "vLLM" | "WVA" | "LMCache" | "llm-d router" | "DCGM" | "KEDA";
  readonly type: "gauge" | "counter" | "histogram";
  /** Of one sample: `requests`, `0 to 1`, `seconds`. */
  readonly unit: string;
  readonly meaning: string;
  /** What replaced it, where it is an old name. */
  readonly now?: string;
  /** The version of the product that no longer has it. */
  readonly gone?: string;
}

const facts: Readonly<Record<MetricFact["source"], readonly MetricRow[]>> = {
  vLLM: vllmMetrics,
  WVA: wvaMetrics,
  "llm-d router": routerMetrics,
  LMCache: lmcacheMetrics,
  DCGM: dcgmMetrics,
  KEDA: kedaMetrics,
};

export const metrics: readonly MetricFact[] = (Object.keys(facts) as MetricFact["source"][]).flatMap((source) =>
  facts[source].map(([name, type, unit, meaning, change]) => ({ name, source, type, unit, meaning, ...change })),
);

/** As adapters publish it to the metrics API: names there hold no colon. */
export function adapterName(name: string): string {
  return name.replaceAll(":", "_");
}

const known = new Map(
  metrics.flatMap((metric) => [metric.name, adapterName(metric.name)].map((name) => [name, metric])),
);

/** What a name means, in either spelling; of a histogram also its parts. */
export function metricNamed(name: string): MetricFact | undefined {
  return known.get(name) ?? known.get(name.replace(/_(?:bucket|sum|count)$/, ""));
}

const exact = new Map(metrics.map((metric) => [metric.name, metric]));
const ofHistograms = /_(?:bucket|sum|count)$/;

/** The metric that a series in Prometheus belongs to; a histogram has none under its bare name. */
export function metricOfSeries(series: string): MetricFact | undefined {
  const whole = exact.get(series);
  if (whole !== undefined) return whole.type === "histogram" ? undefined : whole;
  const histogram = exact.get(series.replace(ofHistograms, ""));
  return histogram?.type === "histogram" ? histogram : undefined;
}

/** The histogram of this very name. */
export function histogramNamed(name: string): MetricFact | undefined {
  const metric = exact.get(name);
  return metric?.type === "histogram" ? metric : undefined;
}

/** Whether a series only grows. */
export function isCounter(series: string): boolean {
  const metric = metricOfSeries(series);
  return metric !== undefined && metric.type !== "gauge";
}

/** The names of all series that there are. */
export const seriesNames: readonly string[] = metrics.flatMap(({ name, type }) =>
  type === "histogram" ? ["_bucket", "_sum", "_count"].map((end) => `${name}${end}`) : [name],
);
