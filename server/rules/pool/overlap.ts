import { type Pool, podsOfPool } from "../../graph/pools.ts";
import { meet } from "../../graph/scope.ts";
import { inferencePool, oldInferencePool } from "../../kinds/inference-pool/kind.ts";
import { defineRule } from "../rule.ts";

const example = (selector: string, mark = "") => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  replicas: 2
  selector: {matchLabels: {app: llama, tier: gpu}}
  template:
    metadata: {labels: {app: llama, tier: gpu}}
    spec:
      terminationGracePeriodSeconds: 120
      containers:
        - name: server
          image: registry.example.com/llama-server:1.4
          ports: [{name: http, containerPort: 8000}]
          readinessProbe: {httpGet: {path: /health, port: http}}
          resources: {limits: {nvidia.com/gpu: 1}}
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: llama-epp, port: {number: 9002}}
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata:
  name: all${mark}
spec:
  selector: {matchLabels: ${selector}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: all-epp, port: {number: 9002}}
`;

/** Without the second pool. */
function alone(text: string): string {
  return text.slice(0, text.lastIndexOf("---"));
}

/** Of hostile thousands the first ones tell enough. */
const mostPools = 50;

export const overlap = defineRule({
  id: "pool/overlap",
  title: "Pods in two pools",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["GW-13"],
  docs: {
    summary: "Two InferencePools of one namespace select the same pods.",
    why: "Each pool has an endpoint picker that thinks it alone fills these pods. Neither knows of the requests that the other has just sent, so both take a busy pod for a free one, and an autoscaler that follows one pool sees half of the load.",
    mend: "Give the pods of each pool a label of their own and select by it; for prefill and decode that is llm-d.ai/role.",
    sources: ["https://gateway-api-inference-extension.sigs.k8s.io/api-types/inferencepool/"],
  },
  examples: { bad: example("{tier: gpu}", " # <-"), good: alone(example("{tier: gpu}")) },
  messages: {
    both: "{object} and {other} both select the pods of {pods}: two endpoint pickers fill the same pods, and neither knows what the other sends. Select each pod by one pool.",
  },
  reads: [inferencePool, oldInferencePool],
  check({ object, graph, report }) {
    const pods = podsOfPool(graph, object);
    if (pods.length === 0) return;
    const others = (graph.lookup("api/InferencePool") as readonly Pool[]).slice(0, mostPools);
    for (const other of others) {
      // Of two the later one is told.
      if (other === object) return;
      if (other.name?.value === object.name?.value || meet(graph, object, other) !== "certain") continue;
      const theirs = new Set(podsOfPool(graph, other).map((one) => one.object));
      const shared = pods.find((one) => theirs.has(one.object));
      if (shared === undefined) continue;
      report({
        at: object.name?.node ?? object,
        message: "both",
        slots: { object: object.title, other: other.title, pods: shared.object.title },
        related: [{ at: other.name?.node ?? other, message: `${other.title} selects them too` }],
      });
      return;
    }
  },
});
