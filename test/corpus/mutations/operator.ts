import type { StackObject } from "../../../server/kinds/stack-object.ts";
import type { Document } from "../../../server/text/document.ts";
import { type DocumentEdit, removeEntry, setEntry, setScalar } from "../../../server/text/edits.ts";
import type { MapNode, Node, ScalarNode, Span } from "../../../server/text/node.ts";
import { childrenOf } from "../../../server/text/node.ts";
import { entryOf, mapAt, scalarAt } from "../../../server/text/read.ts";

/** One mistake put into one right file, and where it has to be found. */
export interface Planted {
  readonly edits: readonly DocumentEdit[];
  /** A place of the right text, carried along by the edits; or words that the first edit brings. */
  readonly at: Pick<Span, "doc" | "start"> | string;
}

/** How a mistake is made. Every place where it can be made gives a mutant. */
export interface Operator {
  readonly rule: string;
  readonly title: string;
  plant(object: StackObject, others: readonly StackObject[]): readonly Planted[];
}

/** An operator for the objects of one kind. */
export function operator(
  rule: string,
  kinds: string | readonly string[],
  title: string,
  plant: Operator["plant"],
): Operator {
  const wanted = [kinds].flat();
  return {
    rule,
    title,
    plant: (object, others) => (wanted.includes(object.kind.id) ? plant(object, others) : []),
  };
}

/** Another value for a scalar, found at that scalar. The value that it has is no mistake. */
export function write(node: Node | undefined, value: string): Planted[] {
  return node?.type === "scalar" && node.text !== value ? [{ edits: [setScalar(node, value)], at: node }] : [];
}

/** Other text in place of a scalar: without its quotes, or as another type. */
export function overwrite({ doc, start, end }: ScalarNode, newText: string): Planted {
  return { edits: [{ doc, start, end, newText }], at: { doc, start } };
}

/** A key set or added, found where it stands then, or at what it is about. */
export function put(map: MapNode | undefined, key: string, yaml: string, at: Planted["at"] = key): Planted[] {
  return map === undefined ? [] : [{ edits: [setEntry(map, key, yaml)], at }];
}

/** A key taken away with its value, found at what misses it. */
export function drop(map: MapNode | undefined, key: string, at: Node | undefined): Planted[] {
  const edit = map === undefined ? undefined : removeEntry(map, key);
  return edit === undefined || at === undefined ? [] : [{ edits: [edit], at }];
}

/** A key under another name, found at that key. */
export function rename(map: MapNode | undefined, key: string, name: string): Planted[] {
  const entry = entryOf(map, key);
  return entry?.key.type === "scalar" ? [overwrite(entry.key, name)] : [];
}

/** The same object once more under another name, behind the first one; found at some of its words. */
export function repeat(object: StackObject, rename: string, words: string): Planted[] {
  const { doc } = object;
  const name = object.name?.node;
  // An item of a List is no document of its own.
  if (name?.type !== "scalar" || doc.root !== object.root || doc.carrier !== undefined) return [];
  const end = doc.text.length;
  const copy = `${doc.text.slice(object.start, name.start)}${rename}${doc.text.slice(name.end)}`.trimEnd();
  return [{ edits: [{ doc, start: end, end, newText: `---\n${copy}\n` }], at: words }];
}

/** Every mapping below a node, itself included. */
export function mapsBelow(root: Node | undefined): MapNode[] {
  if (root === undefined) return [];
  return [...(root.type === "map" ? [root] : []), ...childrenOf(root).flatMap(mapsBelow)];
}

export function scalarsBelow(root: Node | undefined): ScalarNode[] {
  if (root === undefined) return [];
  return root.type === "scalar" ? [root] : childrenOf(root).flatMap(scalarsBelow);
}

/** The documents inside an object's scalars. */
export function innerMaps(object: StackObject): MapNode[] {
  return object.embedded.flatMap(({ root }: Document) => mapAt(root) ?? []);
}

export function textAt(node: Node | undefined, ...path: string[]): string | undefined {
  return scalarAt(node, ...path)?.text;
}

/** Another mistake, with a key taken away besides; nothing where that key is not there. */
export function removeAnd(map: MapNode | undefined, key: string, planted: readonly Planted[]): Planted[] {
  const edit = map === undefined ? undefined : removeEntry(map, key);
  return edit === undefined ? [] : planted.map(({ edits, at }) => ({ edits: [...edits, edit], at }));
}
