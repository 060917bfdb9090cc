import { indentOf, lineEndAt, lineStartAt } from "./layout.ts";
import type { Entry, MapNode, Node, ScalarNode, SeqNode, Span } from "./node.ts";
import { ownEntry } from "./own-entry.ts";
import { entryOf, isNull } from "./read.ts";
import { blockYaml, flowEntries, flowYaml, isPlainSafe, nested, type Yaml, type YamlMap } from "./write.ts";

/** A change to one document, in that document's own offsets. `fileEdit` carries it out to the file. */
export interface DocumentEdit extends Span {
  readonly newText: string;
}

/** Another value for a scalar, in the quotes it had. */
export function setScalar(node: ScalarNode, value: string): DocumentEdit {
  return { doc: node.doc, start: node.start, end: contentEnd(node), newText: spelled(value, node.style) };
}

function spelled(value: string, style: ScalarNode["style"]): string {
  if (style === "single") return `'${value.replaceAll("'", "''")}'`;
  if (style === "plain" && isPlainSafe(value)) return value;
  return JSON.stringify(value);
}

/** A key with the YAML of a scalar; it replaces the present value, or the key is added at the mapping's end. */
export function setEntry(map: MapNode, key: string, yaml: string): DocumentEdit {
  // What is merged in (`<<`) belongs to another mapping too.
  const present = ownEntry(map, key);
  return present === undefined ? addEntries(map, { [key]: yaml }) : replaceValue(present, yaml);
}

/** Sets a scalar below a path of keys, creating the mappings that are not there. */
export function setPath(map: MapNode, path: readonly string[], yaml: string): DocumentEdit | undefined {
  return setAll(map, path, yaml)?.[0];
}

/**
 * Writes every value of a tree to its place below a path of keys, creating the mappings that are not there. The edits
 * never touch the same place. Absent where an anchor, an alias or a merge key puts a mapping on the way into other
 * places too.
 */
export function setAll(map: MapNode, path: readonly string[], yaml: Yaml): readonly DocumentEdit[] | undefined {
  const tree = nested(path, yaml);
  return typeof tree === "string" ? undefined : setTree(map, tree);
}

function setTree(map: MapNode, tree: YamlMap): readonly DocumentEdit[] | undefined {
  const edits: DocumentEdit[] = [];
  const missing: Record<string, Yaml> = {};
  for (const [key, yaml] of Object.entries(tree)) {
    const present = ownEntry(map, key);
    if (present !== undefined) {
      const inner = setValue(map, present, yaml);
      if (inner === undefined) return undefined;
      edits.push(...inner);
    } else if (typeof yaml === "string" || entryOf(map, key) === undefined) missing[key] = yaml;
    else return undefined;
  }
  return Object.keys(missing).length === 0 ? edits : joined(edits, addEntries(map, missing));
}

function setValue(map: MapNode, present: Entry, yaml: Yaml): readonly DocumentEdit[] | undefined {
  const { key, value } = present;
  if (value.anchor !== undefined) return undefined;
  if (typeof yaml === "string")
    return value.type === "map" || value.type === "seq" ? undefined : [replaceValue(present, yaml)];
  if (value.type === "map" && value.entries.length > 0) return setTree(value, yaml);
  if (value.type === "map" || map.flow) return isEmpty(value) ? [replaceValue(present, flowYaml(yaml))] : undefined;
  if (!isEmpty(value)) return undefined;
  const margin = " ".repeat(indentOf(map.doc.text, key.start) + 2);
  const { doc, start, end } = behindColon(present);
  return [{ doc, start, end, newText: `\n${margin}${blockYaml(yaml, margin)}` }];
}

/** The stretch from the colon to the end of the value. Nothing may stand there but a comment, which stays. */
function behindColon({ key, value }: Entry): Span {
  const { doc, start, end } = value;
  const colon = doc.text.lastIndexOf(":", start);
  const from = colon < key.end ? start : colon + 1;
  return { doc, start: from, end: start < end ? end : from };
}

function isEmpty(value: Node): boolean {
  return value.type === "map" ? value.entries.length === 0 : value.type === "scalar" && isNull(value);
}

function replaceValue(present: Entry, yaml: string): DocumentEdit {
  const { doc, start, end } = present.value;
  if (start < end) return { doc, start, end: contentEnd(present.value), newText: yaml };
  const empty = behindColon(present);
  // `{a}` is a key without even a colon.
  return { ...empty, newText: doc.text[empty.start - 1] === ":" ? ` ${yaml}` : `: ${yaml}` };
}

/** Where an inner mapping ends on the line on which an outer one does, one edit adds to both. */
function joined(inner: readonly DocumentEdit[], outer: DocumentEdit): readonly DocumentEdit[] {
  const same = inner.find(({ start, end }) => start === end && start === outer.start);
  if (same === undefined) return [...inner, outer];
  return inner.map((edit) => (edit === same ? { ...same, newText: same.newText + outer.newText } : edit));
}

/** The column of its keys; a tag or an anchor of the first one stands before it. */
function keyColumn({ doc, start, entries }: MapNode): number {
  const first = entries[0]?.key.start ?? start;
  return doc.text.slice(lineStartAt(doc.text, first), first).replace(/(?:[&!]\S*[ \t]+)+$/, "").length;
}

function addEntries(map: MapNode, entries: YamlMap): DocumentEdit {
  const { doc } = map;
  const last = map.entries[map.entries.length - 1];
  if (map.flow) {
    const end = last === undefined ? map.start + 1 : last.value.end;
    return { doc, start: end, end, newText: `${last === undefined ? "" : ", "}${flowEntries(entries)}` };
  }
  const margin = " ".repeat(keyColumn(map));
  const end = endOfBlock(doc.text, last?.value ?? map);
  return { doc, start: end, end, newText: `\n${margin}${blockYaml(entries, margin)}` };
}

/** Another mapping in the place of a list's item, in the style of the list. Absent where others share the item. */
export function setItem(list: SeqNode, item: Node, yaml: YamlMap): DocumentEdit | undefined {
  if (item.type === "alias" || item.anchor !== undefined) return undefined;
  const { doc, start } = item;
  const newText = list.flow ? flowYaml(yaml) : blockYaml(yaml, " ".repeat(indentOf(doc.text, start)));
  return { doc, start, end: contentEnd(item), newText };
}

/** A further item at the end of a list, in the style of the list. Absent where the list is empty or shared. */
export function addItem(list: SeqNode, yaml: Yaml): DocumentEdit | undefined {
  const { doc, items } = list;
  const last = items.at(-1);
  if (last === undefined || list.anchor !== undefined) return undefined;
  if (list.flow) return { doc, start: last.end, end: last.end, newText: `, ${flowYaml(yaml)}` };
  const margin = marginOf(last);
  if (margin === undefined || last.type === "alias") return undefined;
  const end = endOfBlock(doc.text, last);
  return { doc, start: end, end, newText: `\n${margin}- ${itemYaml(yaml, margin)}` };
}

/** The same before an item that is there. */
export function addItemBefore(list: SeqNode, item: Node, yaml: Yaml): DocumentEdit | undefined {
  const { doc, start } = item;
  if (list.anchor !== undefined) return undefined;
  if (list.flow) return { doc, start, end: start, newText: `${flowYaml(yaml)}, ` };
  const margin = marginOf(item);
  return margin === undefined
    ? undefined
    : { doc, start, end: start, newText: `${itemYaml(yaml, margin)}\n${margin}- ` };
}

/** What stands before the dash of an item that begins its line. */
function marginOf({ doc, start }: Node): string | undefined {
  return /^( *)- +$/.exec(doc.text.slice(lineStartAt(doc.text, start), start))?.[1];
}

function itemYaml(yaml: Yaml, margin: string): string {
  return typeof yaml === "string" ? yaml : blockYaml(yaml, `${margin}  `);
}

/** The end of the last line of a value, so that a comment behind it stays where it is. */
function endOfBlock(text: string, node: Node): number {
  const end = contentEnd(node);
  return isBlockScalar(lastIn(node)) ? end : lineEndAt(text, end);
}

/** The end of a value without the line breaks that a block scalar counts as its own. */
function contentEnd(node: Node): number {
  const last = lastIn(node);
  if (!isBlockScalar(last)) return node.end;
  return last.start + last.doc.text.slice(last.start, last.end).trimEnd().length;
}

/** What stands last in a value: a block collection ends where its last value does. */
function lastIn(node: Node): Node {
  let last = node;
  while ((last.type === "map" || last.type === "seq") && !last.flow) {
    const inner = last.type === "map" ? last.entries.at(-1)?.value : last.items.at(-1);
    if (inner === undefined) break;
    last = inner;
  }
  return last;
}

function isBlockScalar(node: Node): boolean {
  return node.type === "scalar" && (node.style === "literal" || node.style === "folded");
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
  if (after !== undefined) {
    // A comment between the two belongs to the one that stays.
    const end = endOfBlock(doc.text, entry.value);
    return { doc, start: entry.key.start, end: end + doc.text.slice(end).search(/\S/), newText: "" };
  }
  return { doc, start: map.start, end: Math.max(contentEnd(entry.value), map.start), newText: "{}" };
}
