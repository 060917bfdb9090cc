import type { RawFix } from "../../findings/raw-finding.ts";
import { routerVersionOf } from "../../graph/router-version.ts";
import { type EppView, endpointPickerConfig } from "../../kinds/epp/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { DocumentEdit } from "../../text/edits.ts";
import { removeEntry, setAll } from "../../text/edits.ts";
import type { MapNode, Node } from "../../text/node.ts";
import { at, entriesAt, mapAt, resolve, stringAt } from "../../text/read.ts";
import { blockYaml, stringYaml, type YamlMap } from "../../text/write.ts";
import { defineRule } from "../rule.ts";
import { isBefore } from "../schema/versions.ts";
import { addPlugin } from "./lists.ts";
import { isFrom } from "./router.ts";

const example = (detector: string, plugin: string) => `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: queue-scorer
${plugin}${detector}`;

export const saturationDetector = defineRule({
  id: "epp/saturation-detector",
  title: "Saturation detector in another version's place",
  since: "0.1.0",
  severity: "error",
  fixable: "safe",
  refs: ["EPP-13"],
  docs: {
    summary:
      "The saturation detector stands where the running router does not read it: thresholds directly below `saturationDetector` (router 0.4 to 0.7, GIE 1.2 to 1.4), or `saturationDetector.pluginRef` at the top (deprecated since 0.9).",
    why: "From router 0.8 on the thresholds are parameters of a plugin, and the old form keeps the endpoint picker from starting. Since 0.9 the reference has its place below flowControl; at the top it is read for two more releases.",
    mend: "Declare a plugin of type utilization-detector with the thresholds and name it in flowControl.saturationDetector.pluginRef (in saturationDetector.pluginRef for router 0.8). The fix does that. Guides still show the old form.",
    sources: [
      "https://github.com/llm-d/llm-d-router/blob/main/pkg/epp/config/loader/configloader.go",
      "https://github.com/llm-d/llm-d-workload-variant-autoscaler/blob/main/docs/saturation-scaling-config.md",
    ],
  },
  examples: {
    bad: example("saturationDetector: # <-\n  queueDepthThreshold: 5\n  kvCacheUtilThreshold: 0.8\n", ""),
    good: example(
      "flowControl:\n  saturationDetector:\n    pluginRef: utilization-detector\n",
      "  - type: utilization-detector\n    parameters:\n      queueDepthThreshold: 5\n      kvCacheUtilThreshold: 0.8\n",
    ),
  },
  messages: {
    inline:
      "{object}: router {running} does not read thresholds in saturationDetector and does not start. Write them as parameters of a plugin utilization-detector and name that in {place}.",
    notYet:
      "{object}: router {running} has its thresholds in saturationDetector itself; pluginRef exists since 0.8, and the endpoint picker does not start.",
    old: "{object}: saturationDetector at the top is deprecated since router 0.9, and {running} runs. Write flowControl.saturationDetector.pluginRef.",
  },
  reads: [endpointPickerConfig],
  check({ object, graph, settings, report }) {
    const running = routerVersionOf(graph, object, settings);
    const entry = object.root.entries.find(({ key }) => key.type === "scalar" && key.text === "saturationDetector");
    const holder = mapAt(object.root, "saturationDetector");
    // llm-d.ai/v1 has no such key at all; the schema says that.
    if (running === undefined || entry === undefined || holder === undefined || object.apiVersion === "llm-d.ai/v1")
      return;
    const ref = stringAt(holder, "pluginRef");
    const slots = { object: object.title, running: running.told, place: placeFor(running.version) };
    if (at(holder, "pluginRef") === undefined) {
      if (!isFrom(running, "0.8") || holder.entries.length === 0) return;
      report({ at: entry.key, message: "inline", slots, fixes: toPlugin(object, holder, running.version) });
    } else if (running.orNewer !== true && isBefore(running.version, "0.8")) {
      report({ at: entry.key, message: "notYet", slots });
    } else if (isFrom(running, "0.9")) {
      const edits = ref === undefined ? undefined : moved(object.root, entry.value, stringYaml(ref.value));
      const fixes = edits === undefined ? [] : [{ title: "Move it below flowControl", safe: true, edits }];
      report({ at: entry.key, message: "old", slots, severity: "warning", fixes });
    }
  },
});

function placeFor(version: string): string {
  return isBefore(version, "0.9") ? "saturationDetector.pluginRef" : "flowControl.saturationDetector.pluginRef";
}

const type = "utilization-detector";

function toPlugin(object: StackObject<EppView>, holder: MapNode, version: string): RawFix[] {
  const parameters = scalarsOf(holder);
  if (parameters === undefined || object.view.plugins.some((plugin) => plugin.type === type)) return [];
  const plugin = addPlugin(object, { type, parameters });
  const edits = isBefore(version, "0.9")
    ? [{ doc: holder.doc, start: holder.start, end: holder.end, newText: `{pluginRef: ${type}}` }]
    : moved(object.root, holder, type);
  if (plugin === undefined || edits === undefined) return [];
  const title = "Make the thresholds a plugin";
  return [{ title, safe: true, edits: [plugin, ...edits] }];
}

/** The values as they are written; absent where a comment or a deeper value would be lost. */
function scalarsOf(holder: MapNode): YamlMap | undefined {
  const entries = entriesAt(holder).map(({ key, value }) => [key.text, textOf(value)] as const);
  const lost = /#/.test(holder.doc.text.slice(holder.start, holder.end));
  if (lost || entries.some(([, text]) => text === undefined)) return undefined;
  return Object.fromEntries(entries as [string, string][]);
}

function textOf(node: Node): string | undefined {
  const value = resolve(node);
  if (node.type !== "scalar" || value?.type !== "scalar" || value.style === "literal" || value.style === "folded")
    return undefined;
  return node.doc.text.slice(node.start, node.end);
}

/** The reference at its new place. Without a flowControl yet it takes the lines of the old one. */
function moved(root: MapNode, old: Node, ref: string): readonly DocumentEdit[] | undefined {
  const path = ["flowControl", "saturationDetector", "pluginRef"];
  if (at(root, "flowControl") !== undefined) {
    const removal = removeEntry(root, "saturationDetector");
    const edits = setAll(root, path, ref);
    return removal === undefined || edits === undefined ? undefined : [removal, ...edits];
  }
  const key = root.entries.find((entry) => entry.value === old)?.key;
  if (key === undefined || root.flow || old.type === "alias" || old.anchor !== undefined) return undefined;
  const newText = blockYaml({ flowControl: { saturationDetector: { pluginRef: ref } } }, "");
  return [{ doc: old.doc, start: key.start, end: old.end, newText }];
}
