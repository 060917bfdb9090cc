import { meet } from "../../graph/scope.ts";
import { scaledObject } from "../../kinds/keda/scaled-object.ts";
import { isTemplated } from "../../text/template.ts";
import { absent } from "../pool/absent.ts";
import { defineRule } from "../rule.ts";
import { placeOf, readQueriesOf, rewritten } from "./queries.ts";

const example = (pool: string) => `apiVersion: keda.sh/v1alpha1
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
        query: sum(llm_d_epp_flow_control_queue_size{inference_pool="${pool}"})${pool === "llama" ? "" : " # <-"}
        threshold: "5"
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: llama-epp, port: {number: 9002}}
`;

export const otherPool = defineRule({
  id: "prometheus/other-pool",
  title: "Query of another pool",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["HPA-11"],
  docs: {
    summary:
      "A KEDA trigger reads a flow control metric of the router for an inference_pool that is not there, or for all of several pools.",
    why: "Each endpoint picker tells the pool it is for (--pool-name) in the label inference_pool. With a name that no pool has the query is empty, which KEDA takes for 0; without the label the pools of everybody on that Prometheus are added up, and a workload scales on the load of another.",
    mend: 'Pin the pool: {inference_pool="…"} with metadata.name of the InferencePool, and the namespace where names repeat.',
    sources: ["https://github.com/llm-d/llm-d/tree/main/guides/workload-autoscaling"],
  },
  examples: { bad: example("lama"), good: example("llama") },
  messages: {
    missing:
      '{object} asks for {metric} of inference_pool "{pool}", and no InferencePool here has that name: the query is empty and the trigger never scales out. {meant}',
    all: "{object} asks for {metric} of every pool, and here are {first} and {second}: it scales on the load of both. Pin inference_pool.",
  },
  reads: [scaledObject],
  check({ object, graph, report }) {
    for (const { query, series } of readQueriesOf(object)) {
      for (const { name, matchers } of series) {
        if (!/^llm_d_epp_flow_control_/.test(name.text)) continue;
        const pinned = matchers.find(({ label }) => label.text === "inference_pool");
        const slots = { object: object.title, metric: name.text };
        if (pinned === undefined) {
          // A namespace may hold one pool only.
          if (matchers.length > 0) continue;
          const pools = graph.lookup("api/InferencePool").filter((pool) => meet(graph, object, pool) === "certain");
          const [first, second] = pools;
          if (first === undefined || second === undefined) continue;
          const at = placeOf(query, name) ?? query.node;
          report({ at, message: "all", slots: { ...slots, first: first.title, second: second.title } });
          continue;
        }
        const { value, operator } = pinned;
        if (operator !== "=" || isTemplated(value.text)) continue;
        const found = absent(graph, object, "InferencePool", { value: value.text, node: query.node });
        if (found === undefined) continue;
        const place = placeOf(query, value);
        const meant = found.fixes[0]?.title.replace(/^Write /, "");
        report({
          at: place ?? query.node,
          message: "missing",
          slots: { ...slots, pool: value.text, meant: found.meant },
          fixes: meant === undefined ? [] : rewritten(place, meant),
        });
      }
    }
  },
});
