import type { Edit } from "../findings/finding.ts";
import type { Document } from "../text/document.ts";
import type { TextFile } from "../text/file.ts";
import { lineEndAt, lineStartAt } from "../text/layout.ts";
import { childrenOf, type Node } from "../text/node.ts";

/**
 * A `headroom-disable-next-line` comment above a line, for its author to say why. Absent where no comment may stand:
 * inside of a scalar or a flow collection it would become content, or break it.
 */
export function suppress(file: TextFile, line: number, rule: string): Edit | undefined {
  const start = file.offsetAt({ line, character: 0 });
  const text = file.text.slice(start, lineEndAt(file.text, start));
  const margin = /^[ \t]*/.exec(text)?.[0] ?? "";
  const doc = documentAt(file, start);
  if (doc === undefined || doc.problems.some(({ type }) => type !== "duplicate-key")) return undefined;
  if (!takesComments(doc) || isWithinNode(doc, offsetIn(doc, start + margin.length))) return undefined;
  const lineBreak = file.text.includes("\r\n") ? "\r\n" : "\n";
  const at = { line, character: 0 };
  const newText = `${margin}# headroom-disable-next-line ${rule} -- ${lineBreak}`;
  return { file: file.path, range: { start: at, end: at }, newText };
}

/** The innermost document that has this line to itself. */
function documentAt(file: TextFile, lineStart: number): Document | undefined {
  const isInside = (doc: Document) => {
    const { start, end } = doc.carrier === undefined ? wholeOf(doc) : carrierOf(doc);
    return start <= lineStart && lineStart <= end;
  };
  const outer = file.documents.findLast(isInside);
  const innerOf = (doc: Document): Document => {
    const inner = doc.embedded.find(isInside);
    return inner === undefined ? doc : innerOf(inner);
  };
  return outer === undefined ? undefined : innerOf(outer);
}

function wholeOf(doc: Document): { start: number; end: number } {
  return { start: doc.base, end: doc.base + doc.text.length };
}

/** From behind the line on which the scalar begins: a comment above that line belongs to the outer document. */
function carrierOf(doc: Document): { start: number; end: number } {
  const { node } = doc.carrier as NonNullable<Document["carrier"]>;
  const start = lineEndAt(node.doc.text, node.start) + 1;
  return { start: node.doc.inFile(start), end: node.doc.inFile(node.end) - 1 };
}

/** A folded block would join the comment with the next line, quoted text has no lines of its own, JSON no comments. */
function takesComments({ carrier, root }: Document): boolean {
  if (carrier === undefined) return true;
  const isFlow = root?.type === "map" || root?.type === "seq" ? root.flow : false;
  return carrier.node.style === "literal" && !isFlow;
}

/** Where an offset of the file stands in a document: the projection outwards only grows, so halving finds it. */
function offsetIn(doc: Document, inFile: number): number {
  let low = 0;
  let high = doc.text.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (doc.inFile(middle) <= inFile) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether a scalar or a flow collection began on a line before and goes on here. */
function isWithinNode(doc: Document, offset: number): boolean {
  const lineStart = lineStartAt(doc.text, offset);
  let node: Node | undefined = doc.root;
  while (node !== undefined) {
    const closed = node.type === "scalar" || ((node.type === "map" || node.type === "seq") && node.flow);
    if (closed && node.start < lineStart && lineStart < node.end) return true;
    node = childrenOf(node).find((child) => child.start < lineStart && lineStart < child.end);
  }
  return false;
}
