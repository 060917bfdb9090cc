import type { RawFix } from "../../findings/raw-finding.ts";
import { type DocumentEdit, removeEntry, setAll, setScalar } from "../../text/edits.ts";
import { lineEndAt, lineStartAt } from "../../text/layout.ts";
import type { Entry, MapNode, Node } from "../../text/node.ts";
import { entryOf, mapAt } from "../../text/read.ts";
import { nested, type Yaml, type YamlMap } from "../../text/write.ts";

/** Keys of the old chart that mean the same in llm-d-router's, and where below `router` it has them. */
const places: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  inferenceExtension: {
    ...Object.fromEntries(
      [
        ...["replicas", "pluginsConfigFile", "pluginsCustomConfig", "flags", "env", "extProcPort"],
        ...["extraContainerPorts", "affinity", "tolerations", "resources", "volumes", "volumeMounts"],
      ].map((key) => [key, `epp.${key}`]),
    ),
    tracing: "tracing",
    latencyPredictor: "latencyPredictor",
    "monitoring.interval": "monitoring.interval",
    "monitoring.prometheus": "monitoring.prometheus",
    extraServicePorts: "extraServicePorts",
  },
  inferencePool: {
    "modelServers.matchLabels": "modelServers.matchLabels",
    modelServerType: "modelServers.type",
    modelServerProtocol: "modelServers.protocol",
    targetPorts: "modelServers.targetPorts",
    targetPortNumber: "modelServers.targetPortNumber",
    failureMode: "inferencePool.failureMode",
  },
};

/** Other keys of a section, which stand in a section that is moved key by key. */
const split = new Set(["monitoring", "modelServers"]);

/**
 * Moves a section of the old chart's values to where llm-d-router's charts have it. Absent where one of its keys is
 * another there, or has no place: then a person has to look.
 */
export function moveSection(root: MapNode, section: Entry, key: string): RawFix[] {
  if (section.value.anchor !== undefined || root.flow) return [];
  if (key === "experimentalHttpRoute") return toRoute(root, section);
  const moved = key === "inferenceObjectives" ? [["inferenceObjectives", section] as const] : placed(section, key);
  if (moved === undefined || moved.length === 0) return [];
  const texts = moved.map(([place, entry]) => [place, written(root, place, entry)] as const);
  const removal = removeEntry(root, key);
  if (removal === undefined || texts.some(([, text]) => text === undefined)) return [];
  const title = `Move ${key} to router`;
  let tree: YamlMap = {};
  for (const [place, text] of texts) tree = laidOver(tree, nested(place.split("."), text as string) as YamlMap);
  // What is there already is not written over.
  if (moved.some(([place]) => isWritten(root, ["router", ...place.split(".")]))) return [];
  const added = setAll(root, ["router"], tree);
  return added === undefined ? [] : [{ title, safe: false, edits: apart(removal, added.map(tidied)) }];
}

function placed(section: Entry, key: string): (readonly [string, Entry])[] | undefined {
  if (section.value.type !== "map" || section.value.flow) return undefined;
  const found = section.value.entries.flatMap((entry) => {
    const name = entry.key.type === "scalar" ? entry.key.text : "";
    if (!split.has(name)) return [[name, entry] as const];
    return entry.value.type === "map" && !entry.value.flow && entry.value.anchor === undefined
      ? entry.value.entries.map(
          (inner) => [`${name}.${inner.key.type === "scalar" ? inner.key.text : ""}`, inner] as const,
        )
      : [["", entry] as const];
  });
  const moved = found.map(([name, entry]) => [places[key]?.[name], entry] as const);
  // A list of flags was the form up to GIE 1.1.
  const isOther = moved.some(
    ([place, { value }]) => place === undefined || (place === "epp.flags" && value.type === "seq"),
  );
  return isOther ? undefined : (moved as [string, Entry][]);
}

/** A value as it is written, at the margin of its new place. */
function written(root: MapNode, place: string, { key, value }: Entry): string | undefined {
  if (key.type !== "scalar" || value.type === "alias" || value.anchor !== undefined) return undefined;
  const { text } = value.doc;
  if (/[&*]\w/.test(text.slice(value.start, value.end)) && hasAlias(value)) return undefined;
  const isBlock = (value.type === "map" || value.type === "seq") && !value.flow;
  const end = withComment(text, trimmedEnd(value));
  const from = key.start - lineStartAt(text, key.start);
  const to = columnAt(root, place.split("."));
  const start = isBlock ? lineStartAt(text, value.start) : value.start;
  const [first = "", ...others] = text.slice(start, end).split("\n");
  const shifted = others.map((line) => shiftedBy(line, from, to));
  return isBlock ? [gap, shiftedBy(first, from, to), ...shifted].join("\n") : [first, ...shifted].join("\n");
}

/** Stands for the end of a line behind a key. */
const gap = "\u0000";

function tidied(edit: DocumentEdit): DocumentEdit {
  return { ...edit, newText: edit.newText.replaceAll(` ${gap}\n`, "\n") };
}

function shiftedBy(line: string, from: number, to: number): string {
  return line.trim() === "" ? line : `${" ".repeat(to)}${line.slice(Math.min(from, line.search(/\S/)))}`;
}

/** The column at which the key of a new place will stand. */
function columnAt(root: MapNode, path: readonly string[]): number {
  let map = mapAt(root, "router");
  let column = map === undefined ? 2 : columnOf(map);
  for (const key of path.slice(0, -1)) {
    map = map === undefined ? undefined : mapAt(map, key);
    column = map === undefined ? column + 2 : columnOf(map);
  }
  return column;
}

function columnOf({ doc, entries, start }: MapNode): number {
  const first = entries[0]?.key.start ?? start;
  return first - lineStartAt(doc.text, first);
}

function hasAlias(node: Node): boolean {
  if (node.type === "alias" || node.anchor !== undefined) return true;
  if (node.type === "map") return node.entries.some(({ key, value }) => hasAlias(key) || hasAlias(value));
  return node.type === "seq" && node.items.some(hasAlias);
}

function trimmedEnd({ doc, start, end }: Node): number {
  return start + doc.text.slice(start, end).trimEnd().length;
}

/** A comment behind a value goes with it. */
function withComment(text: string, end: number): number {
  const lineEnd = lineEndAt(text, end);
  return /^[ \t]+#/.test(text.slice(end, lineEnd)) ? lineEnd : end;
}

function isWritten(root: MapNode, path: readonly string[]): boolean {
  const holder = mapAt(root, ...path.slice(0, -1));
  return entryOf(holder, path.at(-1) ?? "") !== undefined;
}

function laidOver(under: YamlMap, over: YamlMap): YamlMap {
  const all: Record<string, Yaml> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const present = all[key];
    all[key] = typeof present === "object" && typeof value === "object" ? laidOver(present, value) : value;
  }
  return all;
}

/** Where the section follows on what it is added to, one edit does both. */
function apart(removal: DocumentEdit, added: readonly DocumentEdit[]): DocumentEdit[] {
  const inside = ({ start }: DocumentEdit) => removal.start <= start && start <= removal.end;
  const newText =
    added
      .filter(inside)
      .map((edit) => edit.newText)
      .join("") + removal.newText;
  return [...added.filter((edit) => !inside(edit)), { ...removal, newText }];
}

/** The route is the same section under another name. */
function toRoute(root: MapNode, { key, value }: Entry): RawFix[] {
  if (key.type !== "scalar" || value.type !== "map" || entryOf(root, "httpRoute") !== undefined) return [];
  const known = ["enabled", "inferenceGatewayName", "inferenceGatewayNamespace", "requestTimeout", "headerMatches"];
  const keys = value.entries.map((entry) => (entry.key.type === "scalar" ? entry.key : undefined));
  if (keys.some((one) => one === undefined || !known.includes(one.text))) return [];
  const enabled = keys.find((one) => one?.text === "enabled");
  const edits = [setScalar(key, "httpRoute"), ...(enabled === undefined ? [] : [setScalar(enabled, "create")])];
  return [{ title: "Rename to httpRoute", safe: false, edits }];
}
