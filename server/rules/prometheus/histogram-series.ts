import type { RawFix } from "../../findings/raw-finding.ts";
import type { Name } from "../../graph/references/name.ts";
import { histogramNamed, metricOfSeries } from "../../kinds/metrics/catalogue.ts";
import type { Series, Step, Word } from "../../kinds/promql/selections.ts";
import { defineRule } from "../rule.ts";
import { alertOn, placeOf, querying, type ReadQuery, readQueriesOf, rewritten } from "./queries.ts";

export const histogramSeries = defineRule({
  id: "prometheus/histogram-series",
  title: "Histogram without its buckets",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["S1"],
  docs: {
    summary:
      "A histogram is asked for by its bare name, or its quantile is taken without the buckets or their label le.",
    why: "A histogram x is stored as x_bucket, x_sum and x_count; there is no series x. A quantile is computed from the buckets, which le tells apart: once le is summed away, histogram_quantile() gives nothing. Without rate() it looks at everything since the process began and hardly moves.",
    mend: "histogram_quantile(0.95, sum by (le) (rate(x_bucket[5m]))).",
    sources: ["https://prometheus.io/docs/practices/histograms/#quantiles"],
  },
  examples: {
    bad: alertOn("histogram_quantile(0.95, sum(rate(vllm:time_to_first_token_seconds_bucket[5m]))) > 2 # <-"),
    good: alertOn("histogram_quantile(0.95, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket[5m]))) > 2"),
  },
  messages: {
    bare: "{object}: {name} is a histogram and has no series of this name, so the query has no value. Ask for {name}_bucket, {name}_sum or {name}_count.",
    parts:
      "{object}: a quantile comes from the buckets, and {name} has none, so the query has no value. Ask for {meant}.",
    summed:
      "{object}: {function}() sums le away, so histogram_quantile() has no buckets and the query no value. Keep le: sum by (le).",
    since:
      "{object}: without rate() the quantile is over everything since the process began and hardly moves. Use rate({name}[5m]).",
  },
  reads: querying,
  check({ object, report }) {
    for (const read of readQueriesOf(object)) {
      for (const one of read.series) {
        const fault = faultOf(read, one);
        if (fault !== undefined) report({ ...fault, slots: { ...fault.slots, object: object.title } });
      }
    }
  },
});

function faultOf({ query }: ReadQuery, one: Series) {
  const name = one.name.text;
  const end = one.steps.findIndex((step) => step.type === "function" && step.name === "histogram_quantile");
  const place = placeOf(query, one.name);
  const at = place ?? query.node;
  const slots = { name, meant: "", function: "" };
  const source = histogramNamed(name)?.source;
  // Go programs may have native histograms, which have this very series.
  if (source === "vLLM" || source === "LMCache") {
    const fixes = end < 0 ? [] : rewritten(place, `${name}_bucket`);
    return { at, message: "bare" as const, slots, fixes };
  }
  if (end < 0 || query.role === "series") return undefined;
  if (/_(?:sum|count)$/.test(name) && metricOfSeries(name)?.type === "histogram") {
    const meant = name.replace(/_(?:sum|count)$/, "_bucket");
    return { at, message: "parts" as const, slots: { ...slots, meant }, fixes: rewritten(place, meant) };
  }
  if (!name.endsWith("_bucket")) return undefined;
  const steps = one.steps.slice(0, end);
  const summing = steps.find(dropsBound);
  if (summing?.type === "aggregation") {
    const where = placeOf(query, summing.word);
    const told = { ...slots, function: summing.name };
    const fixes = keepBound(summing, (word) => placeOf(query, word));
    return { at: where ?? query.node, message: "summed" as const, slots: told, fixes };
  }
  if (steps.some((step) => step.type === "function" || step.type === "operation")) return undefined;
  return { at, message: "since" as const, slots, severity: "warning" as const };
}

function keepBound({ keeps, word, body }: Aggregation, place: (word: Word) => Name | undefined): RawFix[] {
  if (keeps === undefined) return rewritten(place(word), `${word.text} by (le) `, "Keep le");
  if (keeps === "without") return [];
  const labels = body.text.slice(1, -1).trim();
  return rewritten(place(body), labels === "" ? "(le)" : `(le, ${labels})`, "Keep le");
}

type Aggregation = Extract<Step, { type: "aggregation" }>;

function dropsBound(step: Step): boolean {
  if (step.type !== "aggregation" || /^(?:topk|bottomk|limitk|limit_ratio)$/.test(step.name)) return false;
  const named = step.labels.some(({ text }) => text === "le");
  return step.keeps === "without" ? named : !named;
}
