import type { RawFix } from "../../findings/raw-finding.ts";
import type { Graph } from "../../graph/graph.ts";
import { variantOf } from "../../graph/scale-target.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { setItem } from "../../text/edits.ts";
import { seqAt } from "../../text/read.ts";
import { stringYaml } from "../../text/write.ts";
import { defineRule } from "../rule.ts";

export const unsupportedResource = defineRule({
  id: "hpa/unsupported-resource",
  title: "Resource metric that the metrics API does not serve",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["S-01", "S4"],
  docs: {
    summary: "A Resource or ContainerResource metric names an extended resource such as nvidia.com/gpu.",
    why: "The API server accepts any name, but metrics.k8s.io serves cpu and memory only. The HPA reports FailedGetResourceMetric for ever. As the only metric it scales nothing; beside others it blocks every scale-down, because an HPA with one unreadable metric never goes below its present count.",
    mend: "Scale on what the model servers say: wva_desired_replicas of WVA, the queue of vLLM (vllm:num_requests_waiting), or a DCGM metric through an adapter. The fix is offered where one VariantAutoscaling points to the same target.",
    sources: [
      "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-resource-metrics",
      "https://github.com/kubernetes/metrics/blob/master/pkg/apis/metrics/v1beta1/types.go",
    ],
  },
  examples: {
    bad: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 8
  metrics:
    - type: Resource
      resource:
        name: nvidia.com/gpu # <-
        target: {type: Utilization, averageUtilization: 70}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
---
apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: llama-h100, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  modelID: meta-llama/Llama-3.1-8B-Instruct
`,
    good: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 8
  metrics:
    - type: External
      external:
        metric:
          name: wva_desired_replicas
          selector:
            matchLabels: {variant_name: llama-h100, exported_namespace: llm}
        target: {type: AverageValue, averageValue: "1"}
  behavior:
    scaleUp: {stabilizationWindowSeconds: 180}
    scaleDown: {stabilizationWindowSeconds: 300}
---
apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: llama-h100, namespace: llm}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  modelID: meta-llama/Llama-3.1-8B-Instruct
`,
  },
  messages: {
    only: '{object} scales on the {type} metric "{name}", but metrics.k8s.io serves only cpu and memory: it reports {reason} for ever and never scales. Use a metric of WVA, vLLM or DCGM.',
    among:
      '{object} also scales on the {type} metric "{name}", but metrics.k8s.io serves only cpu and memory: it reports {reason} for ever, and with one unreadable metric it never scales down. Remove it, or use a metric of WVA, vLLM or DCGM.',
  },
  reads: [hpa],
  check({ object, graph, report }) {
    const { metrics } = object.view;
    const unserved = metrics.filter(isUnserved);
    for (const metric of unserved) {
      const { name, type } = metric;
      if (name === undefined || type === undefined) continue;
      report({
        at: name.node,
        message: unserved.length === metrics.length ? "only" : "among",
        slots: { object: object.title, type: type.value, name: name.value, reason: `FailedGet${type.value}Metric` },
        fixes: replacement(object, metric, graph),
      });
    }
  },
});

/** Extended resources carry a domain; what is filled in later has no name here. */
function isUnserved({ type, name }: Metric): boolean {
  return (type?.value === "Resource" || type?.value === "ContainerResource") && name?.value.includes("/") === true;
}

function replacement(object: StackObject<HpaView>, { node }: Metric, graph: Graph): RawFix[] {
  const variant = variantOf(graph, object, object.view.target);
  const list = seqAt(object.root, "spec", "metrics");
  const present = object.view.metrics.some(({ name }) => name?.value === "wva_desired_replicas");
  if (variant?.name === undefined || list === undefined || present) return [];
  const namespace = variant.namespace ?? object.namespace;
  const matchLabels = {
    variant_name: stringYaml(variant.name.value),
    ...(namespace !== undefined && { exported_namespace: stringYaml(namespace) }),
  };
  const edit = setItem(list, node, {
    type: "External",
    external: {
      metric: { name: "wva_desired_replicas", selector: { matchLabels } },
      target: { type: "AverageValue", averageValue: '"1"' },
    },
  });
  if (edit === undefined) return [];
  return [{ title: `Scale on wva_desired_replicas of ${variant.title}`, safe: false, edits: [edit] }];
}
