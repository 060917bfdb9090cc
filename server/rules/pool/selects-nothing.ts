import type { RawFix } from "../../findings/raw-finding.ts";
import { labelsAreWhole, matches, type PoolPods, podsAreKnown, podsAround, selectorOf } from "../../graph/pools.ts";
import { nameAt } from "../../graph/references/name.ts";
import { servesModel } from "../../graph/serving.ts";
import { inferencePool, oldInferencePool } from "../../kinds/inference-pool/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { mapAt, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";

const example = (label: string) => `apiVersion: apps/v1
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
  selector:
    matchLabels:
      app: ${label}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: llama-epp, port: {number: 9002}}
`;

export const selectsNothing = defineRule({
  id: "pool/selects-nothing",
  title: "InferencePool that selects no pods",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["GW-01"],
  docs: {
    summary:
      "No pod template in the files has all labels of an InferencePool's selector, while model servers are there.",
    why: "A pool without pods is accepted. The endpoint picker has nothing to choose from and every request fails with 503.",
    mend: "Copy labels of the pod template, not those of the Deployment itself.",
    sources: ["https://gateway-api-inference-extension.sigs.k8s.io/api-types/inferencepool/"],
  },
  examples: { bad: example("lama # <-"), good: example("llama") },
  messages: {
    nothing:
      "{object} selects {wanted}, and no pod template here has that: the pool stays empty and every request fails. The pods of {other} have {there}.",
  },
  reads: [inferencePool, oldInferencePool],
  check({ object, graph, report }) {
    const selector = selectorOf(object);
    if (selector === undefined || !podsAreKnown(graph, object)) return;
    const pods = podsAround(graph, object);
    if (pods.some(({ template }) => !labelsAreWhole(template) || matches(template, selector))) return;
    const servers = pods.filter(({ template }) => template.containers.some(servesModel));
    const [best] = servers.sort((a, b) => differing(a, selector).length - differing(b, selector).length);
    if (best === undefined) return;
    const [first] = differing(best, selector);
    const map = mapAt(object.root, "spec", "selector", "matchLabels") ?? mapAt(object.root, "spec", "selector");
    report({
      at: (first === undefined ? undefined : stringAt(map, first)?.node) ?? map ?? object,
      message: "nothing",
      slots: {
        object: object.title,
        wanted: wordsOf(selector),
        other: best.object.title,
        there: wordsOf(best.template.labels) || "no labels",
      },
      related: [{ at: best.object.name?.node ?? best.object, message: `${best.object.title} is here` }],
      fixes: copied(object, best, selector, servers.length),
    });
  },
});

function differing({ template }: PoolPods, selector: ReadonlyMap<string, string>): string[] {
  const { labels } = template;
  return [...selector].flatMap(([key, value]) => (labels.get(key) === value ? [] : [key]));
}

function wordsOf(labels: ReadonlyMap<string, string>): string {
  return [...labels]
    .slice(0, 4)
    .map(([key, value]) => `${key}=${value}`)
    .join(", ");
}

/** The values as the pods have them, where they have the keys and it is clear which pods are meant. */
function copied(pool: StackObject, pods: PoolPods, selector: ReadonlyMap<string, string>, servers: number): RawFix[] {
  const wrong = differing(pods, selector);
  const map = mapAt(pool.root, "spec", "selector", "matchLabels") ?? mapAt(pool.root, "spec", "selector");
  if (servers > 1 && wrong.length === selector.size && selector.size > 1) return [];
  const edits = wrong.map((key) => {
    const value = pods.template.labels.get(key);
    return value === undefined ? undefined : nameAt(stringAt(map, key)?.node)?.rewrite(value);
  });
  return fixOf(`Select the pods of ${pods.object.name?.value ?? "it"}`, false, ...edits);
}
