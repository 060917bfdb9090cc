import { standsAlone } from "../../graph/values-layers.ts";
import { routerValues } from "../../kinds/helm-values/router.ts";
import type { Node, Span } from "../../text/node.ts";
import { at, entryOf, isNull, itemsAt, mapAt, resolve, scalarAt } from "../../text/read.ts";
import { defineRule } from "../rule.ts";

export const routerRefused = defineRule({
  id: "values/router-refused",
  title: "Values that llm-d's router chart refuses",
  since: "0.1.0",
  severity: "error",
  fixable: false,
  refs: ["VAL-02"],
  docs: {
    summary:
      "Values for llm-d's router charts lack what their templates demand: labels of the model servers, requests of the picker, a model for the tokenizer, a pool for objectives.",
    why: "The templates check these values themselves and end `helm install` with a failure. A key that only this file could set is told where the file is the only one of its chart around, since Helm lays several over each other.",
    mend: "Write the value that is named, or delete the setting that asks for it.",
    sources: [
      "https://github.com/llm-d/llm-d-router/tree/main/config/charts/routerlib/templates",
      "https://helm.sh/docs/chart_template_guide/values_files/#deleting-a-default-key",
    ],
  },
  examples: {
    bad: `router:
  modelServers:
    matchLabels: {app: qwen3-32b}
  tokenizer: # <-
    enabled: true
`,
    good: `router:
  modelServers:
    matchLabels: {app: qwen3-32b}
  tokenizer:
    enabled: true
    modelName: Qwen/Qwen3-32B
`,
  },
  messages: {
    labels:
      "{object}: router.modelServers has no matchLabels, so the picker would not know its pods, and the chart fails the install. Write the labels of the model servers.",
    resources:
      "{object}: {place} is empty, which takes the chart's own value away, and the chart fails the install without requests for the picker. Write cpu and memory below router.epp.resources.requests, or delete the empty key.",
    tokenizer:
      "{object}: the tokenizer is enabled without modelName, and the chart fails the install. Write router.tokenizer.modelName: the model that is served.",
    objectives:
      "{object}: router.inferenceObjectives need the pool of the chart, but router.inferencePool.create is false: the chart fails the install. Delete the objectives here, or let the chart create the pool.",
  },
  reads: [routerValues],
  check({ object, graph, report }) {
    const { root, title } = object;
    const slots = { object: title };
    const servers = entryOf(mapAt(root, "router"), "modelServers");
    if (servers !== undefined && mapAt(servers.value) !== undefined && standsAlone(graph, object)) {
      if (at(servers.value, "matchLabels") === undefined) report({ at: servers.key, message: "labels", slots });
    }
    const nulled = firstNull(mapAt(root, "router", "epp"));
    if (nulled !== undefined) report({ at: nulled.at, message: "resources", slots: { ...slots, place: nulled.place } });
    const tokenizer = entryOf(mapAt(root, "router"), "tokenizer");
    if (tokenizer !== undefined && scalarAt(tokenizer.value, "enabled")?.text === "true") {
      const unnamed = at(tokenizer.value, "modelName") === undefined && standsAlone(graph, object);
      const emptied = isEmpty(at(tokenizer.value, "modelName"));
      if (unnamed || emptied) report({ at: tokenizer.key, message: "tokenizer", slots });
    }
    const objectives = entryOf(mapAt(root, "router"), "inferenceObjectives");
    const create = scalarAt(root, "router", "inferencePool", "create");
    if (objectives !== undefined && create?.text === "false" && itemsAt(objectives.value).length > 0) {
      const related = [{ at: create, message: "no pool is created" }];
      report({ at: objectives.key, message: "objectives", slots, related });
    }
  },
});

/** The first of `resources`, its requests, their CPU and memory that is written and empty. */
function firstNull(epp: Node | undefined): { at: Span; place: string } | undefined {
  const paths = [
    ["resources"],
    ["resources", "requests"],
    ...["cpu", "memory"].map((unit) => ["resources", "requests", unit]),
  ];
  for (const path of paths) {
    const entry = entryOf(at(epp, ...path.slice(0, -1)), path.at(-1) ?? "");
    if (entry !== undefined && isEmpty(entry.value)) return { at: entry.key, place: `router.epp.${path.join(".")}` };
  }
  return undefined;
}

function isEmpty(node: Node | undefined): boolean {
  const found = resolve(node);
  return found?.type === "scalar" && (isNull(found) || found.text === "");
}
