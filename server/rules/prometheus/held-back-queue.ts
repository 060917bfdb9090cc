import { routerBeside } from "../../graph/router-beside.ts";
import { isGateOn } from "../../kinds/epp/gates.ts";
import { defaultThresholds } from "../../kinds/epp/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { numberAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { readQueriesOf } from "./queries.ts";

const example = (threshold: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleUp: {stabilizationWindowSeconds: 180}
  triggers:
    - type: prometheus
      metadata:
        serverAddress: http://prometheus.monitoring:9090
        query: sum(vllm:num_requests_waiting{model_name="llama"})
        threshold: ${threshold}
---
apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
featureGates: [flowControl]
plugins:
  - type: queue-scorer
  - type: utilization-detector
    parameters: {queueDepthThreshold: 5}
flowControl:
  saturationDetector: {pluginRef: utilization-detector}
`;

export const heldBackQueue = defineRule({
  id: "prometheus/held-back-queue",
  title: "Queue that the router keeps short",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["HPA-03"],
  docs: {
    summary:
      "A KEDA trigger scales on vLLM's waiting requests per pod at or above the router's queueDepthThreshold, while the router's flow control is on.",
    why: "With flow control the router holds requests back as soon as its pods are saturated, which they are at queueDepthThreshold waiting requests. The queue in vLLM then rarely grows past that number, so the trigger does not reach its threshold: requests wait in the router, and nothing scales.",
    mend: "Scale on what waits in the router (llm_d_epp_flow_control_queue_size, or llm_d_epp_flow_control_pool_saturation with metricType Value), or set a threshold below queueDepthThreshold.",
    sources: ["https://github.com/llm-d/llm-d/tree/main/guides/workload-autoscaling"],
  },
  examples: { bad: example('"5" # <-'), good: example('"3"') },
  messages: {
    held: "{object}: {metric} per pod rarely passes {depth}, where {router} holds requests back, so a threshold of {threshold} is hardly ever reached and nothing scales. Scale on llm_d_epp_flow_control_queue_size, or below {depth}.",
  },
  reads: [scaledObject],
  check({ object, graph, report }) {
    for (const { query, series } of readQueriesOf(object)) {
      const [only, another] = series;
      if (only === undefined || another !== undefined || only.name.text !== "vllm:num_requests_waiting") continue;
      // The sum of all pods, shared among them again by AverageValue.
      const [sum, more] = only.steps;
      const isTotal =
        sum?.type === "aggregation" && sum.name === "sum" && sum.keeps === undefined && more === undefined;
      const threshold = query.role === "trigger" ? numberAt(query.holder, "metadata", "threshold") : undefined;
      if (!isTotal || threshold === undefined || stringAt(query.holder, "metricType")?.value === "Value") continue;
      const router = routerBeside(graph, object);
      if (router?.view.saturation === undefined || isGateOn(router.root, "flowControl") !== true) continue;
      const depth = router.view.saturation.queueDepth;
      const value = depth?.value ?? defaultThresholds.queueDepth;
      if (threshold.value < value) continue;
      report({
        at: threshold.node,
        message: "held",
        slots: {
          object: object.title,
          metric: only.name.text,
          depth: value,
          router: router.title,
          threshold: threshold.value,
        },
        related: [{ at: depth?.node ?? router, message: `Full at ${value} waiting requests` }],
      });
    }
  },
});
