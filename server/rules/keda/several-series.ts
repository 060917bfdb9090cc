import type { RawFix } from "../../findings/raw-finding.ts";
import { namePart } from "../../graph/references/name.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { type Series, seriesOf } from "../../kinds/promql/series.ts";
import { defineRule } from "../rule.ts";
import { replicaBounds } from "./bounds.ts";
import { example, steady } from "./example.ts";
import { type QueryTrigger, queryTriggers } from "./queries.ts";

const prometheus = (query: string) => `    - type: prometheus
      metadata:
        serverAddress: http://prometheus.monitoring:9090
        query: ${query}
        threshold: "5"
`;

const bounds = `  minReplicaCount: 1\n  maxReplicaCount: 8\n${steady}`;

export const severalSeries = defineRule({
  id: "keda/several-series",
  title: "Query that returns more than one series",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["K-07", "HPA-04"],
  docs: {
    summary:
      "The query of a prometheus trigger is not aggregated to one series: an error where each pod has its own series and there may be more than one pod, a warning where several are only possible.",
    why: 'KEDA takes one element or none. With two it reports "returned multiple elements" and the trigger has no value: it works with one pod and fails with the second, just when it is needed. The count then stays where it is, or goes to the fallback.',
    mend: "Wrap the query in `sum(…)`, or in `max(…)` for a ratio, without `by`. Headroom knows which metrics each pod or each replica of a router exposes; of others it says nothing.",
    sources: [
      "https://github.com/kedacore/keda/blob/main/pkg/scalers/prometheus_scaler.go",
      "https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators",
    ],
  },
  examples: {
    bad: example(bounds, prometheus('vllm:num_requests_waiting{model_name="llama"} # <-')),
    good: example(bounds, prometheus('sum(vllm:num_requests_waiting{model_name="llama"})')),
  },
  messages: {
    metric:
      "{object}: the query asks for {metric} as it is, and every pod has a series of it: from the second pod on (the maximum is {max}) KEDA gets several and takes none. Wrap it in {wrap}(…).",
    router:
      "{object}: the query asks for {metric} as it is, and every replica of the router has a series of it: with a second one KEDA gets several and takes none. Wrap it in {wrap}(…).",
    labels:
      "{object}: the query keeps a series for each {labels}: with more than one KEDA gets several and takes none, and the count stays where it is. Aggregate without by, or wrap it in {wrap}(…).",
  },
  reads: [scaledObject],
  check({ object, report }) {
    const max = replicaBounds(object)?.max;
    if (max === undefined) return;
    for (const query of queryTriggers(object)) {
      const series = seriesOf(query.text);
      if (series === undefined || series.count === "one" || (series.count === "many" && max < 2)) continue;
      // Series of WVA have labels of their own, and a rule of their own.
      if (/\b(?:wva|inferno)_/.test(query.text)) continue;
      report({
        at: query.node,
        ...wordsOf(object.title, series, max, wrapFor(query.text)),
        severity: series.count === "many" ? "error" : "warning",
        fixes: wrapped(query),
      });
    }
  },
});

function wordsOf(object: string, series: Exclude<Series, { count: "one" }>, max: number, wrap: string) {
  if (series.by === "labels") {
    return { message: "labels", slots: { object, labels: series.labels.join(" and "), wrap } } as const;
  }
  const { metric } = series;
  if (series.count === "many") return { message: "metric", slots: { object, metric, max, wrap } } as const;
  return { message: "router", slots: { object, metric, wrap } } as const;
}

/** Ratios and quantiles make no sense added up. */
function wrapFor(query: string): "sum" | "max" {
  return /_perc\b|_ratio\b|_usage\b|saturation|utilization|histogram_quantile|average_/i.test(query) ? "max" : "sum";
}

/** Around the text as it is written: in its quotes, over its lines. */
function wrapped({ node, text }: QueryTrigger): RawFix[] {
  const wrap = wrapFor(text);
  const title = `Wrap the query in ${wrap}(…)`;
  const { doc, style, start, end } = node;
  if (text.includes("#") || node.anchor !== undefined) return [];
  if (style === "literal" || style === "folded") {
    const length = text.trimEnd().length;
    const edit = namePart(node, 0, length)?.rewrite(`${wrap}(${text.slice(0, length)})`);
    return edit === undefined ? [] : [{ title, safe: false, edits: [edit] }];
  }
  const quote = style === "plain" ? 0 : 1;
  const edits = [
    { doc, start: start + quote, end: start + quote, newText: `${wrap}(` },
    { doc, start: end - quote, end: end - quote, newText: ")" },
  ];
  return [{ title, safe: false, edits }];
}
