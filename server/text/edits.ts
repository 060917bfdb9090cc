import { indentOf, lineEndAt, lineStartAt } from "./layout.ts";
import type { MapNode, Node, ScalarNode, Span } from "./node.ts";
import { entryOf, resolve } from "./read.ts";

/** A change to one document, in that document's own offsets. `fileEdit` carries it out to the file. */
export interface DocumentEdit extends Span {
  readonly newText: string;
}

/** Text that a plain scalar may hold and that still reads as the same string or number. */
const plainSafe = /^[A-Za-z0-9_./][\w./%+-]*$/;

/** Another value for a scalar, in the quotes it had. */
export function setScalar(node: ScalarNode, value: string): DocumentEdit {
  return { doc: node.doc, start: node.start, end: node.end, newText: spelled(value, node.style) };
}

function spelled(value: string, style: ScalarNode["style"]): string {
  if (style === "single") return `'${value.replaceAll("'", "''")}'`;
  if (style === "plain" && plainSafe.test(value)) return value;
  return JSON.stringify(value);
}

/** A key with a value written as YAML; the value replaces the present one, or the key is added at the mapping's end. */
export function setEntry(map: MapNode, key: string, yaml: string): DocumentEdit {
  const present = map.entries.find((entry) => entry.key.type === "scalar" && entry.key.text === key);
  if (present === undefined) return addEntry(map, key, yaml);
  const { value } = present;
  const empty = value.start === value.end;
  return { doc: map.doc, start: value.start, end: value.end, newText: empty ? ` ${yaml}` : yaml };
}

/** Sets a value below a path of keys, creating the mappings that are not there. */
export function setPath(map: MapNode, path: readonly string[], yaml: string): DocumentEdit | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  if (rest.length === 0) return setEntry(map, key, yaml);
  const present = entryOf(map, key);
  if (present === undefined) return addEntry(map, key, nested(rest, yaml));
  const value = resolve(present.value);
  if (value?.type === "map")
    return value.entries.length === 0 ? replaceEmpty(value, rest, yaml) : setPath(value, rest, yaml);
  if (value?.type !== "scalar" || value.text !== "" || value.style !== "plain") return undefined;
  const margin = " ".repeat(indentOf(map.doc.text, present.key.start) + 2);
  return { doc: map.doc, start: value.start, end: value.end, newText: indented(`\n${nested(rest, yaml)}`, margin) };
}

function replaceEmpty(map: MapNode, path: readonly string[], yaml: string): DocumentEdit {
  const inline = path.reduceRight((inner, key) => `{ ${key}: ${inner} }`, yaml);
  return { doc: map.doc, start: map.start, end: map.end, newText: inline };
}

/** Block YAML for `a: {b: value}`, its lines not yet indented. */
function nested(path: readonly string[], yaml: string): string {
  return (
    path.map((key, level) => `${"  ".repeat(level)}${key}:`).join("\n") + (yaml.startsWith("\n") ? yaml : ` ${yaml}`)
  );
}

function addEntry(map: MapNode, key: string, yaml: string): DocumentEdit {
  const { text } = map.doc;
  const last = map.entries[map.entries.length - 1];
  if (map.flow) {
    const end = last === undefined ? map.start + 1 : last.value.end;
    return { doc: map.doc, start: end, end, newText: `${last === undefined ? "" : ", "}${key}: ${flowed(yaml)}` };
  }
  const first = map.entries[0]?.key.start ?? map.start;
  const margin = " ".repeat(first - lineStartAt(text, first));
  const end = endOfBlock(text, last?.value ?? map);
  const value = yaml.includes("\n") || /^[\w.-]+:/.test(yaml) ? indented(`\n${yaml}`, `${margin}  `) : ` ${yaml}`;
  return { doc: map.doc, start: end, end, newText: `\n${margin}${key}:${value}` };
}

/** Nested block YAML as one line of flow YAML. */
function flowed(yaml: string): string {
  const keys = yaml.split("\n").map((line) => line.trim());
  return keys.length === 1 && !/^[\w.-]+: /.test(yaml) ? yaml : `{ ${keys.join(" { ")}${" }".repeat(keys.length)}`;
}

/** The end of the last line of a value, so that a comment behind it stays where it is. */
function endOfBlock(text: string, node: Node): number {
  const block = node.type === "scalar" && (node.style === "literal" || node.style === "folded");
  if (!block) return lineEndAt(text, node.end);
  return node.start + text.slice(node.start, node.end).trimEnd().length;
}

function indented(text: string, margin: string): string {
  return text.replace(/\n(?=[^\n])/g, `\n${margin}`);
}

/** Takes an entry out of its mapping, with its line when it has one of its own. */
export function removeEntry(map: MapNode, key: string): DocumentEdit | undefined {
  const index = map.entries.findIndex((entry) => entry.key.type === "scalar" && entry.key.text === key);
  const entry = map.entries[index];
  if (entry === undefined) return undefined;
  const before = map.entries[index - 1];
  const after = map.entries[index + 1];
  const { doc } = map;
  if (map.flow) {
    if (before !== undefined) return { doc, start: before.value.end, end: entry.value.end, newText: "" };
    return { doc, start: entry.key.start, end: after?.key.start ?? entry.value.end, newText: "" };
  }
  if (before !== undefined) {
    const start = endOfBlock(doc.text, before.value);
    return { doc, start, end: endOfBlock(doc.text, entry.value), newText: "" };
  }
  if (after !== undefined) return { doc, start: entry.key.start, end: after.key.start, newText: "" };
  return { doc, start: map.start, end: Math.max(map.end, entry.value.end), newText: "{}" };
}
