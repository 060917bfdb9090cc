import type { Graph } from "../../graph/graph.ts";
import { routersOf } from "../../graph/router-version.ts";
import { isWorkload } from "../../graph/scale-target.ts";
import { isSwitchedOn, routerArgument, routerCommands } from "../../kinds/epp/arguments.ts";
import { endpointPickerConfig } from "../../kinds/epp/kind.ts";
import { pluginTypes } from "../../kinds/epp/plugin-types.ts";
import { routerValues } from "../../kinds/helm-values/router.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { at, mapAt, resolve, stringAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { routerFrom } from "./router.ts";

const flag = "allow-experimental-plugins";
const example = (args: string, mark: string) => `apiVersion: v1
kind: ConfigMap
metadata: {name: llama-epp}
data:
  config.yaml: |
    apiVersion: llm-d.ai/v1alpha1
    kind: EndpointPickerConfig
    plugins:
      - type: queue-scorer
      - type: session-affinity-scorer${mark}
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
            - --pool-name=llama
            - --config-file=/etc/epp/config.yaml
${args}          volumeMounts: [{name: config, mountPath: /etc/epp}]
      volumes:
        - name: config
          configMap: {name: llama-epp}
`;

export const experimentalPlugin = defineRule({
  id: "epp/experimental-plugin",
  title: "Experimental plugin without leave",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["EPP-18"],
  docs: {
    summary: `A plugin of stability Alpha is declared, and the router (0.10 or newer) runs without --${flag}.`,
    why: "Since router 0.10 an experimental plugin keeps the endpoint picker from starting unless its command line allows them.",
    mend: `Add --${flag} to the picker's arguments (in the values of the router chart, router.epp.flags.${flag}: true), or do without the plugin.`,
    sources: ["https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/framework/interface/plugin/registry.go"],
  },
  examples: { bad: example("", " # <-"), good: example(`            - --${flag}\n`, "") },
  messages: {
    refused: `{object}: {type} is experimental, and router {running} does not start with it unless it runs with --${flag}, which {where} has not.`,
  },
  reads: [endpointPickerConfig],
  check(context) {
    const { object, graph, report } = context;
    const experimental = object.view.plugins.filter(({ type }) => pluginTypes.get(type)?.experimental === true);
    if (experimental.length === 0) return;
    const running = routerFrom("0.10", context);
    const where = running === undefined ? undefined : withoutFlag(graph, object);
    if (running === undefined || where === undefined) return;
    for (const { type, node } of experimental) {
      const slots = { object: object.title, type, running: running.told, where };
      report({ at: stringAt(node, "type")?.node ?? node, message: "refused", slots });
    }
  },
});

/** What runs the picker and certainly does not give the flag, for messages. */
function withoutFlag(graph: Graph, config: StackObject): string | undefined {
  const { carrier } = config.doc;
  if (carrier?.by === "values") return withoutFlagInValues(graph.objectsOf(carrier.node.doc));
  const routers = routersOf(graph, config).filter(isWorkload);
  const [router] = routers;
  if (router === undefined || routers.some(({ path }) => graph.layout.changesTo(path).length > 0)) return undefined;
  const commands = routers.flatMap(({ view }) => routerCommands(view));
  const isOff = commands.every(
    (command) =>
      command.complete &&
      at(command.container.root, "args") !== undefined &&
      (routerArgument(command, flag) === undefined || isSwitchedOn(command, flag) === false),
  );
  return commands.length > 0 && isOff ? router.title : undefined;
}

function withoutFlagInValues(objects: readonly StackObject[]): string | undefined {
  const values = objects.find(({ kind }) => kind.id === routerValues.id);
  if (values === undefined) return undefined;
  const flags = at(values.root, "router", "epp", "flags");
  if (flags === undefined) return "router.epp.flags";
  if (mapAt(flags) === undefined) return undefined;
  const written = resolve(at(flags, flag));
  if (written === undefined) return "router.epp.flags";
  return written.type === "scalar" && /^(?:false|no|off)$/i.test(written.text) ? "router.epp.flags" : undefined;
}
