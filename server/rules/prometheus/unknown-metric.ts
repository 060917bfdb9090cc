import { adapterName, histogramNamed, metricOfSeries, seriesNames } from "../../kinds/metrics/catalogue.ts";
import { neverWere } from "../../kinds/metrics/never-were.ts";
import { recordKey } from "../../kinds/prometheus/rule-file.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { alertOn, placeOf, querying, readQueriesOf, rewritten } from "./queries.ts";

export const unknownMetric = defineRule({
  id: "prometheus/unknown-metric",
  title: "Metric that no product has",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["W-17", "S-10", "HPA-08", "LMC-064"],
  docs: {
    summary: "A query names a metric of vLLM, LMCache, WVA, the llm-d router, DCGM or KEDA that does not exist.",
    why: "Prometheus answers an unknown name with nothing, not with an error. The alert never fires, and a KEDA trigger reads 0 and scales in. Names in guides are often shortened or invented, and those of the metrics API (vllm_num_requests_waiting) are not those of Prometheus (vllm:num_requests_waiting).",
    mend: "Take the name that the product exposes on /metrics. Names that a recording rule of the workspace makes are known; names of other products are left alone.",
    sources: [
      "https://docs.vllm.ai/en/stable/usage/metrics/",
      "https://docs.lmcache.ai/production/observability/index.html",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/integrations/prometheus.md",
    ],
  },
  examples: {
    bad: alertOn("avg by (model_name) (vllm:kv_cache_usage_prec) > 0.9 # <-"),
    good: alertOn("avg by (model_name) (vllm:kv_cache_usage_perc) > 0.9"),
  },
  messages: {
    near: "{object}: there is no metric {name}, so the query has no value. Did you mean {meant}?",
    never: "{object}: no version of the product has a metric {name}, so the query has no value. {meant} measures it.",
    nothing:
      "{object}: no version of the product has a metric {name}, so the query has no value, and nothing measures the same.",
    spelling:
      "{object}: Prometheus knows {meant}, not {name}, so the query has no value; underscores for the colon are what an adapter makes of it.",
  },
  reads: querying,
  check({ object, graph, report }) {
    for (const { query, series } of readQueriesOf(object)) {
      for (const { name } of series) {
        const fault = faultOf(name.text);
        if (fault === undefined || graph.lookup(recordKey(name.text)).length > 0) continue;
        const place = placeOf(query, name);
        const { message, meant } = fault;
        const slots = { object: object.title, name: name.text, meant: meant ?? "" };
        const fixes = meant === undefined ? [] : rewritten(place, meant);
        report({
          at: place ?? query.node,
          message,
          slots,
          fixes,
          // Collectors on the way may write underscores.
          ...(message === "spelling" && { severity: "warning" }),
        });
      }
    }
  },
});

type Fault = { message: "near" | "never" | "spelling"; meant: string } | { message: "nothing"; meant: undefined };

const parts = /_(?:bucket|sum|count)$/;
const families = /^(?:vllm|lmcache|wva|inferno|llm_d_epp|inference_(?:pool|extension|objective)|DCGM_FI|keda)_?/i;
const inOtherSpelling = new Map(seriesNames.map((name) => [adapterName(name), name]));

function faultOf(name: string): Fault | undefined {
  if (metricOfSeries(name) !== undefined || histogramNamed(name) !== undefined || name.endsWith("_created"))
    return undefined;
  const part = parts.exec(name)?.[0] ?? "";
  for (const [invented, end] of [
    [name, ""],
    [name.slice(0, name.length - part.length), part],
  ] as const) {
    if (!neverWere.has(invented)) continue;
    const meant = neverWere.get(invented);
    return meant === undefined ? { message: "nothing", meant } : { message: "never", meant: `${meant}${end}` };
  }
  const spelt = inOtherSpelling.get(name) ?? (histogramNamed(name.replace("_", ":")) && name.replace("_", ":"));
  if (spelt !== undefined) return { message: "spelling", meant: spelt };
  const family = families.exec(name)?.[0];
  if (family === undefined) return undefined;
  if (seriesNames.includes(`${name}_total`)) return { message: "near", meant: `${name}_total` };
  const meant = nearest(name, seriesNames, name.length > 12 ? 2 : 1);
  return meant === undefined ? undefined : { message: "near", meant };
}
