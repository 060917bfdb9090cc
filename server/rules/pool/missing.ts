import { httpRoute } from "../../kinds/http-route/kind.ts";
import { inferenceModel } from "../../kinds/inference-model/kind.ts";
import { gieInferenceModelRewrite, inferenceModelRewrite } from "../../kinds/inference-model-rewrite/kind.ts";
import { gieInferenceObjective, inferenceObjective } from "../../kinds/inference-objective/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { at, itemsAt, type Placed, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { absent } from "./absent.ts";

const example = (pool: string) => `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: llama-epp, port: {number: 9002}}
---
apiVersion: llm-d.ai/v1alpha2
kind: InferenceObjective
metadata: {name: interactive}
spec:
  priority: 10
  poolRef:
    name: ${pool}
`;

export const missing = defineRule({
  id: "pool/missing",
  title: "Reference to an InferencePool that is not there",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["GW-08"],
  docs: {
    summary:
      "An InferenceObjective, InferenceModelRewrite, InferenceModel or HTTPRoute names an InferencePool that is in none of the files, while another one is.",
    why: "The API server accepts the reference. A route to a pool that does not exist answers every request with an error; an objective or a rewrite of such a pool is never read.",
    mend: "Write the name of the pool, which has to be in the same namespace.",
    sources: ["https://gateway-api-inference-extension.sigs.k8s.io/api-types/inferencepool/"],
  },
  examples: { bad: example("lama # <-"), good: example("llama") },
  messages: {
    missing: '{object} refers to InferencePool "{name}", which is in none of these files: {effect}. {meant}',
  },
  reads: [
    inferenceObjective,
    gieInferenceObjective,
    inferenceModelRewrite,
    gieInferenceModelRewrite,
    inferenceModel,
    httpRoute,
  ],
  check({ object, graph, report }) {
    for (const name of poolsNamedBy(object)) {
      const found = absent(graph, object, "InferencePool", name);
      if (found === undefined) continue;
      const effect = object.kind.id === httpRoute.id ? "requests get an error" : "it is never read";
      report({
        at: name.node,
        message: "missing",
        slots: { object: object.title, name: name.value, effect, meant: found.meant },
        related: found.others.map((one) => ({ at: one.name?.node ?? one, message: `${one.title} is here` })),
        fixes: found.fixes,
      });
    }
  },
});

function poolsNamedBy({ kind, root }: StackObject): Placed<string>[] {
  if (kind.id !== httpRoute.id) {
    const refs = [at(root, "spec", "poolRef"), ...itemsAt(root, "spec", "poolRefs")];
    return refs.flatMap((ref) => (isOfPool(ref, "InferencePool") ? (stringAt(ref, "name") ?? []) : []));
  }
  return itemsAt(root, "spec", "rules")
    .flatMap((rule) => itemsAt(rule, "backendRefs"))
    .filter((ref) => isOfPool(ref, "Service") && at(ref, "namespace") === undefined)
    .flatMap((ref) => stringAt(ref, "name") ?? []);
}

function isOfPool(ref: Parameters<typeof at>[0], otherwise: string): boolean {
  const kind = at(ref, "kind") === undefined ? otherwise : stringAt(ref, "kind")?.value;
  return kind === "InferencePool";
}
