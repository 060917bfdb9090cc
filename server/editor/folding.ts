import { type FoldingRange, FoldingRangeKind } from "vscode-languageserver/node";
import type { Document } from "../text/document.ts";
import type { TextFile } from "../text/file.ts";
import { lineEndAt } from "../text/layout.ts";
import { childrenOf, type Node } from "../text/node.ts";

/**
 * What can be folded: documents, values that take lines of their own, comments; those inside other documents too.
 * `innerOnly`: another service folds the documents of the file, though neither what is inside of them nor comments.
 */
export function foldingRanges(file: TextFile, limit: number, innerOnly = false): FoldingRange[] {
  const ranges = new Map<number, FoldingRange>();
  const add = (start: number, end: number, kind?: FoldingRangeKind) => {
    const startLine = file.range(start, start).start.line;
    const endLine = file.range(end, end).start.line;
    const known = ranges.get(startLine);
    if (endLine <= startLine || (known !== undefined && known.endLine >= endLine)) return;
    ranges.set(startLine, { startLine, endLine, ...(kind !== undefined && { kind }) });
  };
  for (const doc of file.allDocuments()) {
    if (innerOnly && doc.carrier === undefined) continue;
    if (doc.carrier === undefined) addWhole(doc, add);
    if (doc.root !== undefined) addNodes(doc, doc.root, limit, add);
    if (ranges.size > limit) break;
  }
  addComments(file.text, add);
  return [...ranges.values()].sort((a, b) => a.startLine - b.startLine).slice(0, limit);
}

type Add = (start: number, end: number, kind?: FoldingRangeKind) => void;

/** From its marker to its last line. */
function addWhole(doc: Document, add: Add): void {
  if (doc.text.startsWith("---")) add(doc.base, doc.base + doc.text.trimEnd().length);
}

function addNodes(doc: Document, root: Node, limit: number, add: Add): void {
  const open: Node[] = [root];
  let count = 0;
  for (let node = open.pop(); node !== undefined && count <= limit; node = open.pop()) {
    if (node.type === "map") {
      for (const { key, value } of node.entries) {
        if (!spansLines(doc, key.start, value)) continue;
        add(doc.inFile(key.start), doc.inFile(lastOf(doc, value)));
        count++;
      }
    }
    if (node.type === "seq" && !node.flow) {
      for (const item of node.items) {
        if (!spansLines(doc, item.start, item)) continue;
        add(doc.inFile(item.start), doc.inFile(lastOf(doc, item)));
        count++;
      }
    }
    for (const child of [...childrenOf(node)].reverse()) {
      if (child.type === "map" || child.type === "seq") open.push(child);
    }
  }
}

function spansLines(doc: Document, start: number, value: Node): boolean {
  return lineEndAt(doc.text, start) < lastOf(doc, value);
}

/** The last character of a value. A block scalar counts the lines behind it as its own. */
function lastOf(doc: Document, { start, end }: Node): number {
  let last = end;
  while (last > start && /\s/.test(doc.text[last - 1] ?? "")) last--;
  return Math.max(last - 1, start);
}

/** Lines of comments that follow each other. */
function addComments(text: string, add: Add): void {
  for (const { 0: lines, index } of text.matchAll(/^[ \t]*#.*(?:\r?\n[ \t]*#.*)+/gm)) {
    add(index, index + lines.length, FoldingRangeKind.Comment);
  }
}
