import { nameAt } from "../../graph/references/name.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { nearest } from "../../text/spelling.ts";
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

export const unpublishedMetric = defineRule({
  id: "prometheus/unpublished-metric",
  title: "Metric that the adapter does not publish",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["S-11"],
  docs: {
    summary: "An HPA asks for a metric under nearly the name that a rule of prometheus-adapter gives it.",
    why: "The metrics API knows the names of the adapter's rules (`name.as`) and no others. The HPA reports FailedGetPodsMetric or FailedGetExternalMetric and does not scale.",
    mend: "Write the name as the adapter's rule has it. Where a rule makes names by a pattern, Headroom stays silent.",
    sources: ["https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/config.md"],
  },
  examples: {
    bad: example("vllm_num_request_waiting # <-", "<<.GroupBy>>"),
    good: example("vllm_num_requests_waiting", "<<.GroupBy>>"),
  },
  messages: {
    near: "{object}: no rule of the adapter publishes {name}, so the HPA cannot read it. Did you mean {meant}?",
  },
  reads: [hpa],
  check({ object, graph, report }) {
    const published = publishedFor(graph, object);
    if (published?.whole !== true) return;
    const names = published.metrics.map(({ name }) => name);
    for (const { type, name } of object.view.metrics) {
      if (name === undefined || name.value.includes(":") || names.includes(name.value)) continue;
      if (type?.value !== "Pods" && type?.value !== "Object" && type?.value !== "External") continue;
      const meant = nearest(name.value, names);
      if (meant === undefined) continue;
      const edit = nameAt(name.node)?.rewrite(meant);
      const fixes = edit === undefined ? [] : [{ title: `Write ${meant}`, safe: false, edits: [edit] }];
      report({ at: name.node, message: "near", slots: { object: object.title, name: name.value, meant }, fixes });
    }
  },
});
