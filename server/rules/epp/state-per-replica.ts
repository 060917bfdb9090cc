import type { Graph } from "../../graph/graph.ts";
import { routersOf } from "../../graph/router-version.ts";
import { isSwitchedOn, routerArgument, routerCommands } from "../../kinds/epp/arguments.ts";
import type { EppView } from "../../kinds/epp/kind.ts";
import type { EppPlugin } from "../../kinds/epp/scheduling.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { defineRule } from "../rule.ts";

const flag = "ha-enable-leader-election";
const example = (replicas: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: llama-epp}
data:
  config.yaml: |
    apiVersion: llm-d.ai/v1alpha1
    kind: EndpointPickerConfig
    plugins:
      - type: queue-scorer
      - type: prefix-cache-scorer
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama-epp}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: llama-epp}}
  template:
    metadata: {labels: {app: llama-epp}}
    spec:
      containers:
        - name: epp
          image: ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0
          args: [--pool-name=llama, --config-file=/etc/epp/config.yaml]
          volumeMounts: [{name: config, mountPath: /etc/epp}]
      volumes:
        - name: config
          configMap: {name: llama-epp}
`;

/** Plugins that go by what this very replica has sent before. */
const remembering = new Set([
  "prefix-cache-scorer",
  "approx-prefix-cache-producer",
  "inflight-load-producer",
  "active-request-scorer",
  "token-load-scorer",
  "no-hit-lru-scorer",
  "concurrency-detector",
]);

export const statePerReplica = defineRule({
  id: "epp/state-per-replica",
  title: "Replicas that do not know of each other",
  since: "0.1.0",
  severity: "warning",
  fixable: false,
  refs: ["EPP-26"],
  docs: {
    summary: `An endpoint picker runs with several replicas and without --${flag}, and its configuration has plugins that remember what they sent where.`,
    why: "The prefixes that pods have in cache, requests in flight and concurrency are counted in the memory of one replica. Without an election all replicas route, each knows its own part of the traffic, and requests of one prefix are spread.",
    mend: `Add --${flag}, so that one replica routes and the others stand by, or run one.`,
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/config/charts/README.md"],
  },
  examples: { bad: example("2 # <-"), good: example("1") },
  messages: {
    apart:
      "{router} runs {replicas} endpoint pickers at once, and {plugins} remembers only what its own replica sent: requests of one prefix are spread. Add --ha-enable-leader-election, or run one.",
  },
  reads: [deployment, statefulSet],
  check({ object, graph, report }) {
    const { replicas } = object.view;
    if (replicas === undefined || replicas.value < 2 || !runsAll(graph, object)) return;
    for (const config of graph.lookup("kind/epp-config") as readonly StackObject<EppView>[]) {
      const routers = routersOf(graph, config);
      const first = routers.length === 1 && routers[0] === object ? rememberingIn(config.view) : undefined;
      if (first === undefined) continue;
      report({
        at: replicas.node,
        message: "apart",
        slots: { router: object.title, replicas: replicas.value, plugins: first.name },
        related: [{ at: first.at, message: `${first.name} remembers` }],
      });
      return;
    }
  },
});

function rememberingIn({ plugins }: EppView): EppPlugin | undefined {
  // What feeds the precise one are the engines themselves.
  const isFed = plugins.some(({ type }) => type.startsWith("precise-prefix-cache-"));
  return plugins.find(({ type }) => remembering.has(type) && !(isFed && type === "prefix-cache-scorer"));
}

/** Whether every replica routes: the arguments are all here and none asks for an election. */
function runsAll(graph: Graph, router: StackObject<Workload>): boolean {
  const commands = routerCommands(router.view);
  return (
    commands.length > 0 &&
    graph.layout.changesTo(router.path).length === 0 &&
    commands.every(
      (command) =>
        command.complete &&
        command.arguments.length > 0 &&
        (routerArgument(command, flag) === undefined || isSwitchedOn(command, flag) === false),
    )
  );
}
