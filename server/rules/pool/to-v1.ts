import type { RawFix } from "../../findings/raw-finding.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { type DocumentEdit, setEntry, setScalar } from "../../text/edits.ts";
import { indentOf } from "../../text/layout.ts";
import type { Entry, MapNode, Node, ScalarNode } from "../../text/node.ts";
import { at, mapAt, scalarAt } from "../../text/read.ts";

export const poolVersion = "inference.networking.k8s.io/v1";

/** Port of the picker's Service in the charts; v1alpha2 took it where none was written, v1 wants it written. */
const pickerPort = "9002";

/** The keys in which an InferencePool has the form of v1alpha2, and those in which it has that of v1. */
export function formsIn({ root }: StackObject): { readonly old: ScalarNode[]; readonly current: ScalarNode[] } {
  const spec = mapAt(root, "spec");
  const key = (name: string) => keysIn(spec, name);
  const selector = mapAt(spec, "selector");
  const labels = keysIn(selector, "matchLabels").filter(() => mapAt(selector, "matchLabels") !== undefined);
  const flat = selector !== undefined && selector.entries.length > 0 && selector.entries.every(isLabel);
  return {
    old: [...(flat ? key("selector") : []), ...key("targetPortNumber"), ...key("extensionRef")],
    current: [...labels, ...key("targetPorts"), ...key("endpointPickerRef")],
  };
}

function keysIn(map: MapNode | undefined, name: string): ScalarNode[] {
  return (map?.entries ?? []).flatMap(({ key }) => (key.type === "scalar" && key.text === name ? [key] : []));
}

function isLabel({ key, value }: Entry): boolean {
  return key.type === "scalar" && key.text !== "<<" && value.type === "scalar";
}

/** The whole pool in the form of v1, comments where they were. None where a part of it is shared or lacks. */
export function toV1(object: StackObject, safe: boolean): RawFix[] {
  const { root } = object;
  const version = scalarAt(root, "apiVersion");
  const spec = at(root, "spec");
  if (version === undefined || spec?.type !== "map" || spec.anchor !== undefined) return [];
  const parts = [selectorEdits(spec), portEdits(spec), pickerEdits(spec)];
  if (parts.some((edits) => edits === undefined)) return [];
  const heading = version.text === poolVersion ? [] : [setScalar(version, poolVersion)];
  return [{ title: "Write it in the form of v1", safe, edits: [...heading, ...parts.flatMap((edits) => edits ?? [])] }];
}

type Edits = readonly DocumentEdit[] | undefined;

function selectorEdits(spec: MapNode): Edits {
  const selector = at(spec, "selector");
  if (selector?.type !== "map" || selector.anchor !== undefined || selector.entries.length === 0) return undefined;
  if (at(selector, "matchLabels")?.type === "map") return [];
  if (!selector.entries.every(isLabel)) return undefined;
  const { doc, start, end } = selector;
  const insert = (offset: number, newText: string): DocumentEdit => ({ doc, start: offset, end: offset, newText });
  if (selector.flow) return [insert(start, "{matchLabels: "), insert(end, "}")];
  const margin = " ".repeat(indentOf(doc.text, start));
  const lines = doc.text.slice(start, end).trimEnd();
  const newText = `matchLabels:\n${margin}  ${lines.replace(/\n(?=[^\r\n])/g, "\n  ")}`;
  return [{ doc, start, end: start + lines.length, newText }];
}

function portEdits(spec: MapNode): Edits {
  const [entry, second] = entriesOf(spec, "targetPortNumber", "targetPorts");
  if (entry === undefined || second !== undefined) return undefined;
  const { key, value } = entry;
  if (key.text === "targetPorts") return [];
  if (value.type !== "scalar" || value.anchor !== undefined || value.style !== "plain") return undefined;
  const list = spec.flow ? `[{number: ${value.text}}]` : `\n${marginOf(key)}  - number: ${value.text}`;
  const { doc, start } = key;
  return [{ doc, start, end: value.end, newText: `targetPorts:${spec.flow ? " " : ""}${list}` }];
}

function pickerEdits(spec: MapNode): Edits {
  const [entry, second] = entriesOf(spec, "extensionRef", "endpointPickerRef");
  if (entry === undefined || second !== undefined) return undefined;
  const { key, value } = entry;
  if (key.text === "endpointPickerRef") return [];
  if (value.type !== "map" || value.anchor !== undefined || at(value, "name") === undefined) return undefined;
  const renamed = setScalar(key, "endpointPickerRef");
  const [port] = entriesOf(value, "portNumber");
  if (port === undefined) return at(value, "port") === undefined ? [renamed, withPort(value)] : [renamed];
  if (port.value.type !== "scalar" || port.value.anchor !== undefined) return undefined;
  const { doc, start } = port.key;
  const number = value.flow ? ` {number: ${port.value.text}}` : `\n${marginOf(port.key)}  number: ${port.value.text}`;
  return [renamed, { doc, start, end: port.value.end, newText: `port:${number}` }];
}

function withPort(ref: MapNode): DocumentEdit {
  if (ref.flow) return setEntry(ref, "port", `{number: ${pickerPort}}`);
  const margin = " ".repeat(indentOf(ref.doc.text, ref.start));
  return setEntry(ref, "port", `\n${margin}  number: ${pickerPort}`);
}

function entriesOf(map: MapNode, ...names: string[]): { readonly key: ScalarNode; readonly value: Node }[] {
  return map.entries.flatMap(({ key, value }) =>
    key.type === "scalar" && names.includes(key.text) ? [{ key, value }] : [],
  );
}

function marginOf({ doc, start }: Node): string {
  return " ".repeat(indentOf(doc.text, start));
}
