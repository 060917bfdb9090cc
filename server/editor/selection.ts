import type { SelectionRange } from "vscode-languageserver/node";
import type { Document } from "../text/document.ts";
import type { TextFile } from "../text/file.ts";
import type { Position } from "../text/lines.ts";
import { childrenOf, type Node, type Span } from "../text/node.ts";
import { placeIn } from "./schema/place.ts";

/**
 * What a selection grows by: a scalar, the entry that holds it, the mapping, …, out of a document into its scalar.
 * `innerOnly`: another service knows the documents of the file, though not what is inside of them.
 */
export function selectionRange(file: TextFile, position: Position, innerOnly = false): SelectionRange {
  const empty: SelectionRange = { range: { start: position, end: position } };
  let place = placeIn(file, file.offsetAt(position));
  if (innerOnly && place?.doc.carrier === undefined) return empty;
  let innermost: readonly Span[] = [];
  while (place !== undefined) {
    innermost = [...innermost, ...spansAround(place.doc, place.offset)];
    const { carrier } = place.doc as Document;
    place = carrier === undefined ? undefined : { doc: carrier.node.doc, offset: carrier.node.start };
  }
  const outermost: SelectionRange | undefined = innermost.reduceRight<SelectionRange | undefined>((parent, span) => {
    const range = file.rangeOf(span);
    return parent === undefined ? { range } : encloses(parent.range, range) ? { range, parent } : parent;
  }, undefined);
  return outermost ?? empty;
}

/** The nodes around an offset, the innermost first, with the entries between them, then the whole document. */
function spansAround(doc: Document, offset: number): Span[] {
  const spans: Span[] = [doc.span(0, doc.text.length)];
  let node: Node | undefined = doc.root;
  while (node !== undefined && holds(node, offset)) {
    spans.unshift(node);
    const outer: Node = node;
    node = childrenOf(outer).find((child) => holds(child, offset));
    if (outer.type !== "map" || node === undefined) continue;
    const entry = outer.entries.find(({ key, value }) => key === node || value === node);
    if (entry !== undefined) spans.unshift(doc.span(entry.key.start, Math.max(entry.value.end, entry.key.end)));
  }
  return spans;
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

function encloses(outer: SelectionRange["range"], inner: SelectionRange["range"]): boolean {
  const before = (a: Position, b: Position) => a.line < b.line || (a.line === b.line && a.character <= b.character);
  const same = outer.start.line === inner.start.line && outer.start.character === inner.start.character;
  const alike = same && outer.end.line === inner.end.line && outer.end.character === inner.end.character;
  return !alike && before(outer.start, inner.start) && before(inner.end, outer.end);
}
