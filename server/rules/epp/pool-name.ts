import type { Graph } from "../../graph/graph.ts";
import { wordEnd } from "../../graph/references/name.ts";
import { nearest } from "../../graph/scope.ts";
import { type RouterArgument, routerArgument, routerCommands } from "../../kinds/epp/arguments.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { absent } from "../pool/absent.ts";
import { defineRule } from "../rule.ts";
import { fixOf } from "../vllm/mend.ts";

const example = (pool: string) => `apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  targetPorts: [{number: 8000}]
  endpointPickerRef: {name: llama-epp, port: {number: 9002}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama-epp}
spec:
  selector: {matchLabels: {app: llama-epp}}
  template:
    metadata: {labels: {app: llama-epp}}
    spec:
      containers:
        - name: epp
          image: ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0
          args:
            - --pool-name=${pool}
            - --config-file=/etc/epp/config.yaml
`;

export const poolName = defineRule({
  id: "epp/pool-name",
  title: "Endpoint picker for another pool",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["GW-11"],
  docs: {
    summary: "The endpoint picker's --pool-name or --pool-namespace is not that of the InferencePool in the files.",
    why: "The picker watches the pool of exactly that name and namespace. Of another one it never learns the pods: it does not become ready, and the gateway gets no answer for any request.",
    mend: "Write metadata.name of the InferencePool, and its namespace.",
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/server/options.go"],
  },
  examples: { bad: example("lama # <-"), good: example("llama") },
  messages: {
    name: '{object}: --pool-name is "{name}", and no InferencePool here has that name: the endpoint picker waits for it for ever. {meant}',
    namespace:
      '{object}: --pool-namespace is "{name}", and {pool} is in namespace "{namespace}": the endpoint picker does not find it. Write {namespace}.',
  },
  reads: [deployment, statefulSet],
  check({ object, graph, report }) {
    for (const command of routerCommands(object.view)) {
      const named = routerArgument(command, "pool-name");
      const place = placeOf(named);
      if (place === undefined) continue;
      // In any namespace: whether it is the right one is the question.
      const pools = nearest(graph, object, graph.lookup(`name/InferencePool/${place.text}`), "any-namespace");
      if (pools.length > 1) continue;
      const [pool] = pools;
      if (pool === undefined) {
        const found = absent(graph, object, "InferencePool", { value: place.text, node: place.scalar });
        if (found === undefined) continue;
        // The scalar may hold the whole command line; the word is what changes.
        const [fix] = found.fixes;
        const meant = fix?.title.replace(/^Write /, "");
        const edit = meant === undefined ? undefined : place.rewrite(meant);
        report({
          at: place,
          message: "name",
          slots: { object: object.title, name: place.text, meant: found.meant },
          related: found.others.map((one) => ({ at: one.name?.node ?? one, message: `${one.title} is here` })),
          fixes: edit === undefined ? [] : fixOf(`Write ${meant}`, false, edit),
        });
        continue;
      }
      const namespace = placeOf(routerArgument(command, "pool-namespace"));
      const own = pool.namespace;
      if (namespace === undefined || own === undefined || own === namespace.text || isMoved(graph, pool)) continue;
      report({
        at: namespace,
        message: "namespace",
        slots: { object: object.title, name: namespace.text, pool: pool.title, namespace: own },
        related: [{ at: pool.name?.node ?? pool, message: `${pool.title} is here` }],
        fixes: fixOf(`Write ${own}`, false, namespace.rewrite(own)),
      });
    }
  },
});

function placeOf(argument: RouterArgument | undefined) {
  return argument?.value === undefined ? undefined : wordEnd(argument.value.word, argument.value.start);
}

/** A kustomization puts its own namespace in the place of what is written. */
function isMoved(graph: Graph, { path }: StackObject): boolean {
  return graph.layout
    .worldsOf(path)
    .some(({ kustomizations }) => kustomizations.some(({ namespace }) => namespace !== undefined));
}
