import type { Graph } from "../../graph/graph.ts";
import type { MetricFact } from "../../kinds/metrics/catalogue.ts";
import { labelsOf, labelsOfVariants } from "../../kinds/metrics/labels.ts";
import type { Series, Word } from "../../kinds/promql/selections.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { alertOn, metricOf, placeOf, querying, readQueriesOf, rewritten } from "./queries.ts";

export const unknownLabel = defineRule({
  id: "prometheus/unknown-label",
  title: "Label that the metric does not carry",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["W-18", "HPA-04"],
  docs: {
    summary: "A query selects or groups a metric of vLLM or LMCache by a label that it does not have.",
    why: "A matcher on a label that is not there selects nothing. Grouping by it puts everything into one group: the mean over all models where one for each was meant. vLLM calls its model model_name; model_id is a field of WVA's configuration, and variant_name stands on WVA's own metrics only.",
    mend: "Use a label that the metric has, such as model_name, namespace or pod. Labels that a monitor or a scrape configuration of the workspace adds are known.",
    sources: [
      "https://docs.vllm.ai/en/stable/usage/metrics/",
      "https://prometheus.io/docs/prometheus/latest/querying/basics/#time-series-selectors",
    ],
  },
  examples: {
    bad: alertOn("avg by (model_id) (vllm:kv_cache_usage_perc) > 0.9 # <-"),
    good: alertOn("avg by (model_name) (vllm:kv_cache_usage_perc) > 0.9"),
  },
  messages: {
    selects: "{object}: {metric} has no label {label}, so the query selects nothing.{meant}",
    groups: "{object}: {metric} has no label {label}, so all its series fall into one group.{meant}",
  },
  reads: querying,
  check({ object, graph, report }) {
    for (const { query, series } of readQueriesOf(object)) {
      for (const one of series) {
        const metric = metricOf(graph, one);
        if (metric === undefined || metric.name.endsWith("_info")) continue;
        if (metric.source !== "vLLM" && metric.source !== "LMCache") continue;
        for (const [message, label] of labelsIn(one)) {
          const fault = faultOf(label.text, metric);
          if (fault === undefined || isAdded(graph, label.text)) continue;
          const place = placeOf(query, label);
          const meant = fault.meant === undefined ? "" : ` Did you mean ${fault.meant}?`;
          const slots = { object: object.title, metric: metric.name, label: label.text, meant };
          const fixes = fault.meant === undefined ? [] : rewritten(place, fault.meant);
          report({ at: place ?? query.node, message, slots, fixes });
        }
      }
    }
  },
});

/** The labels that must come from the metric itself. */
function* labelsIn({ matchers, steps }: Series): Generator<["selects" | "groups", Word]> {
  for (const { label, operator, value } of matchers) {
    if (operator.startsWith("=") && value.text !== "" && label.text !== "__name__") yield ["selects", label];
  }
  for (const step of steps) {
    // Labels may come in from other series, or be written.
    if (step.type === "operation" && step.number === undefined) return;
    if (step.type === "function" && /^(?:label_|info$)/.test(step.name)) return;
    if (step.type === "aggregation" && step.keeps === "by") for (const label of step.labels) yield ["groups", label];
  }
}

const modelLabels = new Set(["model_id", "modelId", "modelID", "model", "model_uid"]);

function faultOf(label: string, metric: MetricFact): { meant: string | undefined } | undefined {
  const known = labelsOf(metric).map(({ name }) => name);
  if (known.includes(label)) return undefined;
  if (modelLabels.has(label)) return { meant: "model_name" };
  const meant = nearest(label, known, 1);
  return meant !== undefined || labelsOfVariants.has(label) ? { meant } : undefined;
}

/** Whether something in the workspace that configures scrapes speaks of a label. */
function isAdded(graph: Graph, label: string): boolean {
  const scrapers = ["service-monitor", "pod-monitor", "prometheus-config"].flatMap((id) => graph.lookup(`kind/${id}`));
  return scrapers.some(({ doc }) => doc.text.includes(label));
}
