import type { Document } from "../../text/document.ts";
import { draftOf } from "../../text/draft.ts";
import type { TextFile } from "../../text/file.ts";
import { innerText } from "../../text/inner-text.ts";
import { lineStartAt } from "../../text/layout.ts";
import { limits } from "../../text/limits.ts";
import type { ScalarNode } from "../../text/node.ts";
import type { Projection } from "../../text/projection.ts";
import { readBlock } from "./block.ts";

/** A cursor in the innermost document around it. */
export interface Place {
  readonly doc: Document;
  readonly offset: number;
}

/** Where an offset of a file is; absent in text that we do not read. */
export function placeIn(file: TextFile, offset: number): Place | undefined {
  const doc = file.documents.findLast(({ base }) => base <= offset);
  if (doc === undefined || doc.refused) return undefined;
  let place: Place = { doc, offset: offset - doc.base };
  for (let inner = inside(place); inner !== undefined; inner = inside(place)) place = inner;
  return place;
}

/** The same place in the document whose argument it stands in, where it does. */
export function outside(place: Place | undefined): Place | undefined {
  const { carrier } = place?.doc ?? {};
  if (place === undefined || carrier?.by !== "argument") return place;
  return { doc: carrier.node.doc, offset: carrier.projection.outward(place.offset) };
}

/** One level further in, where the cursor stands in a scalar that is or may become a document. */
function inside({ doc, offset }: Place): Place | undefined {
  if (doc.depth >= limits.embedding || doc.template !== undefined) return undefined;
  return inArgument(doc, offset) ?? inValue(doc, offset);
}

function inArgument(doc: Document, offset: number): Place | undefined {
  for (const inner of doc.embedded) {
    const { carrier } = inner;
    if (carrier?.by !== "argument" || !holds(carrier.node, offset)) continue;
    const at = inward(carrier.projection, inner.text.length, offset);
    if (at !== undefined) return { doc: inner, offset: at };
  }
  return undefined;
}

function inValue(doc: Document, offset: number): Place | undefined {
  for (const { holder, value: values } of doc.carriers) {
    if (values.type !== "map" || values.start > offset) continue;
    const entry = values.entries.findLast(({ value }) => value.start <= offset);
    if (entry?.key.type !== "scalar" || entry.value.type !== "scalar") continue;
    const { key, value } = entry;
    const isBlock = value.style === "literal" || value.style === "folded";
    const inner = isBlock ? readBlock(value, offset) : flowText(value, offset);
    if (inner === undefined || inner.text.length > limits.embeddedLength) continue;
    const at = inward(inner.projection, inner.text.length, offset);
    if (at === undefined) continue;
    const by = holder.entries.some((e) => isKind(e.key) && isConfigMap(e.value)) ? "config-map" : "values";
    const known = doc.embedded.find(({ carrier, text }) => carrier?.node === value && text === inner.text);
    const carrier = { node: value, projection: inner.projection, by, name: key.text } as const;
    return { doc: known ?? draftOf(doc.file, inner.text, at, carrier), offset: at };
  }
  return undefined;
}

function isKind(key: { type: string; text?: string }): boolean {
  return key.type === "scalar" && key.text === "kind";
}

function isConfigMap(value: { type: string; text?: string }): boolean {
  return value.type === "scalar" && value.text === "ConfigMap";
}

/** Quoted or plain text is a document only where it has lines or is JSON. */
function flowText(node: ScalarNode, offset: number) {
  if (!holds(node, offset) || !/\n|^\s*\{/.test(node.text)) return undefined;
  return innerText(node);
}

function holds({ start, end }: ScalarNode, offset: number): boolean {
  return start < offset && offset <= end;
}

/** The inner offset of an outer one; absent outside, as in the indentation of a block. */
export function inward(projection: Projection, length: number, offset: number): number | undefined {
  let low = 0;
  let high = length;
  if (projection.outward(0) > offset) return undefined;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (projection.outward(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The blanks before an offset on its line, which whatever continues on the next line begins with. */
export function indentationAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartAt(text, offset), offset))?.[0] ?? "";
}
