import type { Graph } from "../../graph/graph.ts";
import { dirname, joinPath } from "../../graph/paths.ts";
import { gieValues } from "../../kinds/helm-values/gie.ts";
import { routerValues } from "../../kinds/helm-values/router.ts";
import type { HelmfileView } from "../../kinds/helmfile/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Node } from "../../text/node.ts";
import { entryOf, isNull } from "../../text/read.ts";
import { defineRule } from "../rule.ts";
import { moveSection } from "./move-keys.ts";

/** Top-level keys of the GIE charts, and where llm-d-router's have them (config/charts/routerlib/templates/_helpers.tpl). */
const moves: Readonly<Record<string, string>> = {
  inferenceExtension: "router.epp (monitoring, tracing and latencyPredictor right below router)",
  inferencePool: "router.modelServers and router.inferencePool",
  inferenceObjectives: "router.inferenceObjectives",
  experimentalHttpRoute: "httpRoute, with create in place of enabled",
};

export const movedKeys = defineRule({
  id: "values/moved-keys",
  title: "Values of the old chart for llm-d's router",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VAL-01"],
  docs: {
    summary:
      "Values for llm-d-router-gateway or llm-d-router-standalone hold top-level keys of the charts that the Gateway API Inference Extension had before.",
    why: "The router's charts look for these keys and fail the install when one is there, so that nobody believes in settings that are no longer read. The charts of GIE itself still take them, and their values are left alone.",
    mend: "Move what stands below each key to the place that is named. The image has other parts there (registry, repository, tag in place of hub, name, tag), and flags are a mapping. The fix is offered where every key below means the same there.",
    sources: [
      "https://github.com/llm-d/llm-d-router/tree/main/config/charts",
      "https://github.com/kubernetes-sigs/gateway-api-inference-extension/tree/main/config/charts/inferencepool",
    ],
  },
  examples: {
    bad: `router:
  modelServers:
    matchLabels: {app: qwen3-32b}
inferenceExtension: # <-
  replicas: 1
`,
    good: `router:
  modelServers:
    matchLabels: {app: qwen3-32b}
  epp:
    replicas: 1
`,
  },
  messages: {
    moved: "{object}: {key} stands at the top, and llm-d's router charts fail the install with it. Move it to {place}.",
  },
  reads: [routerValues, gieValues],
  check({ object, graph, report }) {
    if (object.kind === gieValues && !isForRouter(graph, object)) return;
    for (const [key, place] of Object.entries(moves)) {
      const entry = entryOf(object.root, key);
      if (entry === undefined || isEmpty(entry.value)) continue;
      const fixes = object.root.type === "map" ? moveSection(object.root, entry, key) : [];
      report({ at: entry.key, message: "moved", slots: { object: object.title, key, place }, fixes });
    }
  },
});

/** To a template an empty section is none. */
function isEmpty(node: Node): boolean {
  if (node.type === "map") return node.entries.length === 0;
  if (node.type === "seq") return node.items.length === 0;
  return node.type === "scalar" && (isNull(node) || node.text === "" || node.text === "false");
}

const routerChart = /(?:^|\/)llm-d-router(?:-gateway|-standalone)?(?:-[\d.]+\.tgz)?$/;

/** Whether a helmfile hands this file to a chart of the router. */
function isForRouter(graph: Graph, { path }: StackObject): boolean {
  return (graph.lookup("kind/helmfile") as StackObject<HelmfileView>[]).some((helmfile) =>
    helmfile.view.releases.some(
      ({ chart, values }) =>
        routerChart.test(chart?.value ?? "") &&
        values.some(({ value }) => joinPath(dirname(helmfile.path), value) === path),
    ),
  );
}
