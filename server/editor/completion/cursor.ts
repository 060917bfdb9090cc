import type { StackObject } from "../../kinds/stack-object.ts";
import type { Document } from "../../text/document.ts";
import { draftOf } from "../../text/draft.ts";
import { lineStartAt } from "../../text/layout.ts";
import type { Entry, MapNode, Node, ScalarNode } from "../../text/node.ts";
import { resolve, stringAt, at as valueAt } from "../../text/read.ts";
import { objectsIn } from "../schema/catalogue.ts";
import type { Place } from "../schema/place.ts";

/** A value that is being written, or a key or value that is looked at, and the way to it. */
export interface Cursor {
  readonly object: StackObject;
  /** Keys from the object's root: `spec.triggers[].type`. */
  readonly path: string;
  /** The mappings on that way, the innermost first. */
  readonly holders: readonly MapNode[];
  readonly scalar: ScalarNode;
  /** The value under the key that the scalar is; absent where it is a value itself. */
  readonly under?: Node;
  /** The stretch of the document that the value takes, without its quotes. */
  readonly start: number;
  readonly end: number;
}

/** A line on which a value may begin or go on, before the cursor. */
const inValue = /(?:[:\-,[{][ \t]+|["'[{,])[^\s#]*$/;
const stand = "x";

/** The value at a place: the one that stands there, or the one that would if something were typed. */
export function cursorAt({ doc, offset }: Place): Cursor | undefined {
  const found = scalarAt(doc, offset);
  if (found !== undefined) return found;
  const line = doc.text.slice(lineStartAt(doc.text, offset), offset);
  if (!inValue.test(line)) return undefined;
  const typed = scalarAt(withLetter({ doc, offset }), offset);
  return typed === undefined ? undefined : { ...typed, end: typed.end - stand.length };
}

/** The document as it would be if a letter were typed. */
export function withLetter({ doc, offset }: Place): Document {
  const text = doc.text.slice(0, offset) + stand + doc.text.slice(offset);
  return draftOf(doc.file, text, offset, doc.carrier);
}

/**
 * The block scalar around a place, also where it holds nothing yet or the place is on a blank line at its end, which
 * the parser gives to nobody.
 */
export function blockAround({ doc, offset }: Place): Cursor | undefined {
  const object = objectsIn(doc).findLast(({ start }) => start <= offset);
  const found = object === undefined ? undefined : descend(object, (node) => node.start <= offset, false);
  const style = found?.scalar.style;
  return style === "literal" || style === "folded" ? found : undefined;
}

/** The key or value that somebody points to. */
export function pointedAt({ doc, offset }: Place): Cursor | undefined {
  return scalarAt(doc, offset, true);
}

/** What stands at an offset; of keys only where they are asked for. */
export function scalarAt(doc: Document, offset: number, keys = false): Cursor | undefined {
  const object = objectsIn(doc).find(({ start, end }) => start <= offset && offset <= end);
  return object === undefined ? undefined : descend(object, (node) => holds(node, offset), keys);
}

/** From the root to the last value on the way that is `met`, or to a key. */
function descend(object: StackObject, met: (node: Node) => boolean, keys: boolean): Cursor | undefined {
  const holders: MapNode[] = [];
  let path = "";
  let node: Node | undefined = object.root;
  while (node !== undefined && node.type !== "scalar") {
    if (node.type === "alias") return undefined;
    if (node.type === "seq") {
      node = node.items.findLast(met);
      path += "[]";
    } else {
      const entry: Entry | undefined = node.entries.findLast(({ key, value }) => (keys && met(key)) || met(value));
      if (entry?.key.type !== "scalar") return undefined;
      const { key, value }: { key: ScalarNode; value: Node } = { key: entry.key, value: entry.value };
      holders.unshift(node);
      path += `${path === "" ? "" : "."}${key.text.replaceAll(".", "·")}`;
      if (keys && met(key)) return { object, path, holders, scalar: key, under: value, ...inQuotes(key) };
      node = value;
    }
  }
  if (node === undefined || node.start === node.end) return undefined;
  return { object, path, holders, scalar: node, ...inQuotes(node) };
}

function inQuotes({ style, start, end }: ScalarNode): { start: number; end: number } {
  const quotes = style === "single" || style === "double" ? 1 : 0;
  return { start: start + quotes, end: end - quotes };
}

function holds(node: Node, offset: number): boolean {
  return node.start <= offset && offset <= node.end;
}

/** Text beside the value, or beside one of the mappings around it. */
export function beside({ holders }: Cursor, key: string, out = 0): string | undefined {
  return stringAt(holders[out], key)?.value;
}

/** The nearest mapping or list of this name around the value. */
export function around({ holders }: Cursor, key: string): Node | undefined {
  const holder = holders.find((map) => valueAt(map, key) !== undefined);
  return holder === undefined ? undefined : resolve(valueAt(holder, key));
}
