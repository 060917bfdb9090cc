import { adapterName, type MetricFact, metrics } from "../../kinds/metrics/catalogue.ts";
import type { Cursor } from "./cursor.ts";
import type { Candidate } from "./names.ts";

/** Names as the metrics API has them. */
export function adapterNames(): Candidate[] {
  return metrics.map((metric) => candidate(metric, adapterName(metric.name)));
}

export function describe({ source, type, unit, meaning, now }: MetricFact): string {
  const replaced = now === undefined ? "" : `\n\nNow called \`${now}\`.`;
  return `${meaning}${replaced}\n\n${source} ${type}, ${unit}.`;
}

/** The metrics for a word of PromQL, and the stretch of the word. */
export function metricsInQuery(
  { path, scalar, start, end }: Cursor,
  offset: number,
): { candidates: readonly Candidate[]; start: number; end: number } | undefined {
  if (!isQuery(path)) return undefined;
  const { text } = scalar.doc;
  const before = /[\w:]*$/.exec(text.slice(start, offset))?.[0] ?? "";
  // Inside a selector stand labels and their values.
  if (/\{[^}]*$/.test(text.slice(start, offset))) return undefined;
  const after = /^[\w:]*/.exec(text.slice(offset, end))?.[0] ?? "";
  return {
    candidates: metrics.map((metric) => candidate(metric, metric.name)),
    start: offset - before.length,
    end: offset + after.length,
  };
}

export function isQuery(path: string): boolean {
  return /(?:^|\.)(?:query|expr|metricsQuery|seriesQuery)$/.test(path);
}

function candidate(metric: MetricFact, label: string): Candidate {
  const { source, unit, now } = metric;
  return { label, detail: `${source}, ${unit}`, documentation: describe(metric), rank: now === undefined ? 0 : 1 };
}
