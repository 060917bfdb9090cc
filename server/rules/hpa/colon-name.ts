import type { RawFix } from "../../findings/raw-finding.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import { adapterName, metricNamed } from "../../kinds/metrics/catalogue.ts";
import { setPath } from "../../text/edits.ts";
import { stringYaml } from "../../text/write.ts";
import { defineRule } from "../rule.ts";

const example = (name: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics:
    - type: Pods
      pods:
        metric:
          name: ${name}
        target: {type: AverageValue, averageValue: "5"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
`;

export const colonName = defineRule({
  id: "hpa/colon-name",
  title: "Metric by its name in Prometheus",
  since: "0.1.0",
  severity: "info",
  fixable: "suggestion",
  refs: ["S-10"],
  docs: {
    summary:
      "An HPA asks for a metric of vLLM or LMCache by its name in Prometheus, with the colon. It is information: an adapter may publish it so.",
    why: "An HPA does not ask Prometheus but an adapter, by the name that a rule of the adapter publishes. The API accepts a colon, but the rules of vLLM's guides and charts rename vllm:num_requests_waiting to vllm_num_requests_waiting; under the other name there is nothing, and the HPA reports that it cannot get the metric.",
    mend: "Write the name that the adapter publishes: `kubectl get --raw /apis/custom.metrics.k8s.io/v1beta1` lists them.",
    sources: [
      "https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/config.md#naming",
      "https://docs.vllm.ai/projects/production-stack/en/latest/use_cases/autoscaling-keda.html",
    ],
  },
  examples: { bad: example("vllm:num_requests_waiting # <-"), good: example("vllm_num_requests_waiting") },
  messages: {
    colon:
      '{object} asks the metrics API for "{name}", the name in Prometheus. Adapters usually publish it as {published}; if yours does, the HPA finds nothing under the other name.',
  },
  reads: [hpa],
  check({ object, report }) {
    for (const metric of object.view.metrics) {
      const { name } = metric;
      // Names of other makers (datadogmetric@a:b, prometheus.googleapis.com|…|gauge) have colons by rights.
      if (name === undefined || !name.value.includes(":") || metricNamed(name.value) === undefined) continue;
      const published = adapterName(name.value);
      report({
        at: name.node,
        message: "colon",
        slots: { object: object.title, name: name.value, published },
        fixes: rename(metric, published),
      });
    }
  },
});

function rename({ node, bodyKey }: Metric, name: string): RawFix[] {
  if (node.type !== "map" || node.anchor !== undefined) return [];
  const edit = setPath(node, [bodyKey, "metric", "name"], stringYaml(name));
  return edit === undefined ? [] : [{ title: `Ask for ${name}`, safe: false, edits: [edit] }];
}
