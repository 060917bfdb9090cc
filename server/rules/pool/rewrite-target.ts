import type { Graph } from "../../graph/graph.ts";
import { modelNamesOf } from "../../graph/model-names.ts";
import { type Pool, podsAreKnown, podsOfPool } from "../../graph/pools.ts";
import { nameAt } from "../../graph/references/name.ts";
import { nearestOne } from "../../graph/scope.ts";
import { gieInferenceModelRewrite, inferenceModelRewrite } from "../../kinds/inference-model-rewrite/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";

const example = (target: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  replicas: 2
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      terminationGracePeriodSeconds: 120
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args: [Qwen/Qwen3-14B, --served-model-name=qwen3]
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
apiVersion: llm-d.ai/v1alpha2
kind: InferenceModelRewrite
metadata: {name: assistant}
spec:
  poolRef: {name: llama}
  rules:
    - targets:
        - modelRewrite: ${target}
`;

export const rewriteTarget = defineRule({
  id: "pool/rewrite-target",
  title: "Rewrite to a model that nobody serves",
  since: "0.1.0",
  severity: "warning",
  fixable: "suggestion",
  refs: ["GW-10"],
  docs: {
    summary:
      "A target of an InferenceModelRewrite is neither a served model name nor a LoRA adapter of the pool's pods.",
    why: "The endpoint picker writes the new name into the request. vLLM answers 404 to a name that it does not serve.",
    mend: "Write a name of --served-model-name (the model itself where that is not given) or of --lora-modules.",
    sources: ["https://docs.vllm.ai/en/latest/cli/serve.html"],
  },
  examples: { bad: example("Qwen/Qwen3-14B # <-"), good: example("qwen3") },
  messages: {
    unserved:
      "{object} rewrites requests to {target}, and the pods of {pool} serve only {names}: vLLM answers 404. Write one of these.",
  },
  reads: [inferenceModelRewrite, gieInferenceModelRewrite],
  check({ object, graph, report }) {
    const name = object.view.pool?.value;
    const pool = name === undefined ? undefined : nearestOne(graph, object, graph.lookup(`name/InferencePool/${name}`));
    const names = pool === undefined ? undefined : servedBy(graph, pool);
    if (pool === undefined || names === undefined) return;
    for (const { value, node } of object.view.targets) {
      if (names.has(value)) continue;
      const all = [...names];
      const meant = nearest(value, all) ?? (all.length === 1 ? all[0] : undefined);
      report({
        at: node,
        message: "unserved",
        slots: { object: object.title, target: value, pool: pool.title, names: all.slice(0, 5).join(", ") },
        fixes: meant === undefined ? [] : fixOf(`Write ${meant}`, false, nameAt(node)?.rewrite(meant)),
      });
    }
  },
});

/** The names of all pods together: any of them may be chosen. */
function servedBy(graph: Graph, pool: StackObject): ReadonlySet<string> | undefined {
  if (!podsAreKnown(graph, pool)) return undefined;
  const served = podsOfPool(graph, pool as Pool).map(({ template }) => modelNamesOf(template));
  if (served.length === 0 || served.includes(undefined)) return undefined;
  return new Set(served.flatMap((names) => [...(names ?? [])]));
}
