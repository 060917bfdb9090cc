import { variantOf } from "../../graph/scale-target.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { defineRule } from "../rule.ts";
import { aboutMetric, isReplicaCount } from "./metric-target-hpa.ts";
import { aboutTrigger, readsReplicaCount } from "./metric-target-keda.ts";

const example = (target: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: llama
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector:
            matchLabels:
              variant_name: llama-va
        target:
${target}
  behavior:
    scaleUp:
      stabilizationWindowSeconds: 180
`;

export const metricTarget = defineRule({
  id: "wva/metric-target",
  title: "wva_desired_replicas read as something other than a replica count",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["S-04", "S-05", "S-06"],
  docs: {
    summary:
      "An HPA or ScaledObject uses wva_desired_replicas with type Value, with a target other than 1, or without variant_name.",
    why: "The metric already is the number of replicas that WVA wants. AverageValue 1 passes it on unchanged. Value multiplies it by the pods that are ready: 4 wanted with 2 ready asks for 8, then for more, up to the maximum. Another target divides it. Without variant_name an HPA adds up the series of every variant, and a KEDA query returns several series, which is an error.",
    mend: "Use AverageValue with target 1, and select one variant: `variant_name` (and `exported_namespace` where several namespaces run WVA).",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#algorithm-details",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/integrations/hpa-integration.md",
      "https://keda.sh/docs/latest/scalers/prometheus/",
    ],
  },
  examples: {
    bad: example('          type: Value # <-\n          value: "1"'),
    good: example('          type: AverageValue\n          averageValue: "1"'),
  },
  messages: {
    value:
      "{object}: target type Value multiplies wva_desired_replicas by the ready pods, so 4 wanted with 2 ready asks for 8 and runs to the maximum. Use AverageValue with target 1.",
    divided:
      "{object}: the target is {target}, so {wanted} replicas wanted by WVA become {result}. wva_desired_replicas already is a replica count: use 1.",
    summed:
      "{object}: wva_desired_replicas is read without variant_name, so the wishes of all variants are {effect}. Select one variant.",
  },
  reads: [hpa, scaledObject],
  check({ object, graph, report }) {
    const variant = variantOf(graph, object, object.view.target)?.name?.value;
    const { view } = object;
    if ("metrics" in view) {
      for (const metric of view.metrics.filter(isReplicaCount)) {
        for (const finding of aboutMetric(metric, object.title, variant)) report(finding);
      }
    } else {
      for (const trigger of view.triggers.filter(readsReplicaCount)) {
        for (const finding of aboutTrigger(trigger, object.title, variant)) report(finding);
      }
    }
  },
});
