import { hpa } from "../../kinds/hpa/kind.ts";
import { defineRule } from "../rule.ts";
import { publishedFor } from "./adapter-metrics.ts";

const example = (name: string, grouping: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  minReplicas: 1
  maxReplicas: 8
  metrics:
    - type: Pods
      pods:
        metric:
          name: ${name}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
---
rules:
  - seriesQuery: 'vllm:num_requests_waiting{namespace!="",pod!=""}'
    resources: {template: <<.Resource>>}
    name: {as: vllm_num_requests_waiting}
    metricsQuery: sum by (${grouping}) (<<.Series>>{<<.LabelMatchers>>})
`;

export const podsMetricSummed = defineRule({
  id: "prometheus/pods-metric-summed",
  title: "Pods metric whose adapter rule sums the pods away",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["S-12"],
  docs: {
    summary: "An HPA asks for a metric of each pod, and the adapter's rule adds all pods of a namespace up.",
    why: "A metric of type Pods needs one series for each pod. A rule that sums by namespace publishes a metric of the namespace, and the HPA finds nothing for its pods.",
    mend: "Sum by <<.GroupBy>>, which holds pod where it is asked for, or let the HPA ask for an Object metric of the Namespace.",
    sources: ["https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/config.md#querying"],
  },
  examples: {
    bad: example("vllm_num_requests_waiting # <-", "namespace"),
    good: example("vllm_num_requests_waiting", "<<.GroupBy>>"),
  },
  messages: {
    summed:
      "{object}: {name} is asked of each pod, but the adapter's rule keeps only {labels}, so there is no series of a pod. Sum by <<.GroupBy>>.",
  },
  reads: [hpa],
  check({ object, graph, report }) {
    const asked = object.view.metrics.filter(({ type, name }) => type?.value === "Pods" && name !== undefined);
    if (asked.length === 0) return;
    const published = publishedFor(graph, object)?.metrics ?? [];
    for (const { name } of asked) {
      const rules = published.filter((one) => one.name === name?.value && one.rule.api === "custom");
      const [only] = rules;
      if (name === undefined || only === undefined || rules.length > 1) continue;
      const query = only.rule.metricsQuery;
      const labels = keptLabels(query?.value ?? "");
      if (query === undefined || labels === undefined) continue;
      const related = [{ at: query.node, message: "The adapter's query" }];
      report({ at: name.node, message: "summed", slots: { object: object.title, name: name.value, labels }, related });
    }
  },
});

/** The labels of the outermost sum, where pod is not among them. */
function keptLabels(query: string): string | undefined {
  const labels = /^\s*(?:sum|avg|max|min)\s*by\s*\(([\w\s,]+)\)/.exec(query)?.[1]?.trim();
  return labels === undefined || /\bpod\b|kubernetes_pod_name|pod_name/.test(labels) ? undefined : labels;
}
