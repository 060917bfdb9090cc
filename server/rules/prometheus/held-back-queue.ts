import { routerBeside } from "../../graph/router-beside.ts";
import { isGateOn } from "../../kinds/epp/gates.ts";
import { defaultThresholds } from "../../kinds/epp/kind.ts";
import type { HpaView } from "../../kinds/hpa/kind.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { adapterName } from "../../kinds/metrics/catalogue.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Node } from "../../text/node.ts";
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
      "A KEDA trigger or an HPA scales on vLLM's waiting requests per pod at or above the router's queueDepthThreshold, while the router's flow control is on.",
    why: "With flow control the router holds requests back as soon as its pods are saturated, which they are at queueDepthThreshold waiting requests. The queue in vLLM then rarely grows past that number, so the trigger does not reach its threshold: requests wait in the router, and nothing scales.",
    mend: "Scale on what waits in the router (llm_d_epp_flow_control_queue_size, or llm_d_epp_flow_control_pool_saturation with metricType Value), or set a threshold below queueDepthThreshold.",
    sources: ["https://github.com/llm-d/llm-d/tree/main/guides/workload-autoscaling"],
  },
  examples: { bad: example('"5" # <-'), good: example('"3"') },
  messages: {
    held: "{object}: {metric} per pod rarely passes {depth}, where {router} holds requests back, so a threshold of {threshold} is hardly ever reached and nothing scales. Scale on llm_d_epp_flow_control_queue_size, or below {depth}.",
  },
  reads: [scaledObject, hpa],
  check({ object, graph, report }) {
    const asked = "metrics" in object.view ? inHpa(object.view) : inTriggers(object);
    if (asked.length === 0) return;
    const router = routerBeside(graph, object);
    if (router?.view.saturation === undefined || isGateOn(router.root, "flowControl") !== true) return;
    const depth = router.view.saturation.queueDepth;
    const value = depth?.value ?? defaultThresholds.queueDepth;
    for (const { metric, threshold, at } of asked) {
      if (threshold < value) continue;
      report({
        at,
        message: "held",
        slots: { object: object.title, metric, depth: value, router: router.title, threshold },
        related: [{ at: depth?.node ?? router, message: `Full at ${value} waiting requests` }],
      });
    }
  },
});

/** A number of waiting requests for each pod at which somebody wants more of them. */
interface Asked {
  readonly metric: string;
  readonly threshold: number;
  readonly at: Node;
}

const waiting = "vllm:num_requests_waiting";

function inTriggers(object: StackObject): Asked[] {
  return readQueriesOf(object).flatMap(({ query, series }) => {
    const [only, another] = series;
    if (only === undefined || another !== undefined || only.name.text !== waiting) return [];
    // The sum of all pods, shared among them again by AverageValue.
    const [sum, more] = only.steps;
    const isTotal = sum?.type === "aggregation" && sum.name === "sum" && sum.keeps === undefined && more === undefined;
    const threshold = query.role === "trigger" ? numberAt(query.holder, "metadata", "threshold") : undefined;
    if (!isTotal || threshold === undefined || stringAt(query.holder, "metricType")?.value === "Value") return [];
    return [{ metric: waiting, threshold: threshold.value, at: threshold.node }];
  });
}

/** A Pods metric is a mean over the pods, in whatever way its name was made fit for the API. */
function inHpa({ metrics }: HpaView): Asked[] {
  return metrics.flatMap(({ type, name, target }) => {
    const value = target?.averageValue;
    const isWaiting = name !== undefined && (name.value === waiting || name.value === adapterName(waiting));
    if (type?.value !== "Pods" || !isWaiting || value === undefined) return [];
    return [{ metric: name.value, threshold: Number(value.value.nano) / 1e9, at: value.node }];
  });
}
