import type { Settings } from "../../config/settings.ts";
import type { MetricFact } from "../../kinds/metrics/catalogue.ts";
import { compareVersions, parseVersion } from "../../kinds/vllm/version.ts";
import { defineRule } from "../rule.ts";
import { alertOn, metricOf, placeOf, querying, readQueriesOf, rewritten } from "./queries.ts";

export const renamedMetric = defineRule({
  id: "prometheus/renamed-metric",
  title: "Metric by an old name",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["W-17"],
  docs: {
    summary: "A query names a metric that newer versions of the product have under another name, or not at all.",
    why: "After the upgrade the series is gone, and Prometheus answers with nothing: alerts stay silent, and a KEDA trigger reads 0 and scales in. vLLM hides a renamed metric one minor version before it drops it. WVA's inferno_ metrics ended with 0.4.2. The router still emits its older names, so there it is only information.",
    mend: "Write the new name. While both versions run, ask for both: new or old. With the version in headroom.config.yaml (`versions`), Headroom stays silent where the old name is right.",
    sources: [
      "https://docs.vllm.ai/en/stable/usage/metrics/",
      "https://github.com/vllm-project/vllm/blob/v0.11.0/vllm/v1/metrics/loggers.py",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/releases/tag/v0.5.0",
    ],
  },
  examples: {
    bad: alertOn("avg by (model_name) (vllm:gpu_cache_usage_perc) > 0.9 # <-"),
    good: alertOn("avg by (model_name) (vllm:kv_cache_usage_perc) > 0.9"),
  },
  messages: {
    renamed:
      "{object}: {name} is gone from {product} {gone} on, and with it the query's value. It is now called {now}.",
    dropped: "{object}: {name} is gone from {product} {gone} on, and with it the query's value. Nothing replaced it.",
    older: "{object}: {name} is the older name of {now}; the router emits both for now.",
  },
  reads: querying,
  check({ object, graph, settings, report }) {
    for (const { query, series } of readQueriesOf(object)) {
      const names = new Set(series.map(({ name }) => name.text));
      for (const one of series) {
        const metric = metricOf(graph, one);
        if (metric === undefined || (metric.now === undefined && metric.gone === undefined)) continue;
        const { gone = "", source: product } = metric;
        const end = one.name.text.slice(metric.name.length);
        const now = metric.now === undefined ? undefined : `${metric.now}${end}`;
        // `new or old` reads both versions.
        if (now !== undefined && names.has(now)) continue;
        const severity = severityOf(metric, settings);
        if (severity === undefined) continue;
        const place = placeOf(query, one.name);
        report({
          at: place ?? query.node,
          message: gone === "" ? "older" : now === undefined ? "dropped" : "renamed",
          slots: { object: object.title, name: one.name.text, product, gone, now: now ?? "" },
          severity,
          fixes: now === undefined ? [] : rewritten(place, now),
        });
      }
    }
  },
});

/** Certain where the version is known; the newest counts where it is not. */
function severityOf({ gone, source }: MetricFact, settings: Settings): "error" | "warning" | "info" | undefined {
  if (gone === undefined) return "info";
  const running = parseVersion(settings.version(source === "vLLM" ? "vllm" : "wva") ?? "");
  const last = parseVersion(gone);
  if (running === undefined || last === undefined) return "warning";
  return compareVersions(running, last) < 0 ? undefined : "error";
}
