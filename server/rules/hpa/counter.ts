import { hpa } from "../../kinds/hpa/kind.ts";
import { adapterName, metricNamed } from "../../kinds/metrics/catalogue.ts";
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
        target: {type: AverageValue, averageValue: "10"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
`;

export const counter = defineRule({
  id: "hpa/counter",
  title: "HPA on a counter",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["S-16"],
  docs: {
    summary: "An HPA follows a metric that only grows: a counter, or the sum, count or bucket of a histogram.",
    why: "A counter says how much there has been since the pod started. Sooner or later it passes any target and never comes back, so the HPA runs to its maximum and stays there until the pods restart.",
    mend: "Scale on its rate: let the adapter publish `rate(…[2m])` under a name of its own, without `_total`, and follow that. Where the adapter publishes the rate under the counter's own name, give it another, so that nobody takes one for the other.",
    sources: [
      "https://github.com/kubernetes-sigs/prometheus-adapter/blob/master/docs/walkthrough.md",
      "https://prometheus.io/docs/concepts/metric_types/#counter",
    ],
  },
  examples: { bad: example("vllm_request_success_total # <-"), good: example("vllm_request_success_per_second") },
  messages: {
    grows:
      '{object} scales on "{name}", a counter: it only grows, so the HPA runs to its maximum and stays there. Publish its rate in the adapter, under a name of its own.',
  },
  reads: [hpa],
  check({ object, report }) {
    for (const { name } of object.view.metrics)
      if (name !== undefined && onlyGrows(name.value))
        report({ at: name.node, message: "grows", slots: { object: object.title, name: name.value } });
  },
});

/** By its own name: an adapter that makes something else of a counter gives that another one, as a rule. */
function onlyGrows(name: string): boolean {
  const fact = metricNamed(name);
  if (fact?.type === "histogram") return name !== fact.name && name !== adapterName(fact.name);
  return fact?.type === "counter";
}
