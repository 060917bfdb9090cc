import type { Document } from "../../text/document.ts";
import { lineEndAt, lineStartAt } from "../../text/layout.ts";
import type { Position, Range } from "../../text/lines.ts";
import type { Node } from "../../text/node.ts";

/** Characters up to which a document is shown as it is. */
const short = 6 * 1024;

/** Where text is left out, and how many lines. */
interface Gap {
  /** The line of what is left behind which the gap is: lines from here on moved up. */
  readonly line: number;
  readonly lines: number;
}

/** A part of a document, and the way of positions into it and back. */
export interface Focus {
  readonly text: string;
  inward(position: Position): Position;
  outward(range: Range): Range;
}

/**
 * A document's text without the list items that have nothing to do with an offset: the service parses all of it and
 * looks at every value for every question.
 */
export function focused(doc: Document, offset: number): Focus {
  const { text, root } = doc;
  if (text.length <= short || root === undefined) return focusOf(text, []);
  const lineOf = (at: number) => doc.lines.positionAt(at).line;
  const pieces: string[] = [];
  const gaps: Gap[] = [];
  let done = 0;
  let left = 0;
  for (const { start, end } of strayItems(text, root, lineStartAt(text, offset))) {
    pieces.push(text.slice(done, start));
    done = nextLine(text, end);
    const gap = { line: lineOf(start) - left, lines: lineOf(done) - lineOf(start) };
    left += gap.lines;
    gaps.push(gap);
  }
  return focusOf(pieces.join("") + text.slice(done), gaps);
}

function focusOf(text: string, gaps: readonly Gap[]): Focus {
  const outward = ({ line, character }: Position) => ({
    line: line + sum(gaps.filter((gap) => gap.line <= line)),
    character,
  });
  const inward = ({ line, character }: Position) => {
    let moved = line;
    for (const gap of gaps) if (gap.line <= moved) moved -= gap.lines;
    return { line: moved, character };
  };
  return { text, inward, outward: ({ start, end }) => ({ start: outward(start), end: outward(end) }) };
}

function sum(gaps: readonly Gap[]): number {
  return gaps.reduce((total, { lines }) => total + lines, 0);
}

/** In the order of the text: whole lines of items that neither hold the line nor stand beside it. */
function strayItems(text: string, root: Node, line: number): { start: number; end: number }[] {
  const stray: { start: number; end: number }[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "map") open.push(...node.entries.map(({ value }) => value).reverse());
    if (node.type !== "seq" || node.flow) continue;
    const kept: Node[] = [];
    for (const [index, item] of node.items.entries()) {
      const start = lineStartAt(text, item.start);
      const end = lineEndAt(text, Math.max(item.end - 1, item.start));
      const isNear = start <= line + 1 && line <= nextLine(text, end);
      // The first one stays: a list with an item is still a list.
      if (index === 0 || isNear || !/^\s*-\s+$/.test(text.slice(start, item.start))) kept.push(item);
      else stray.push({ start, end });
    }
    open.push(...kept.reverse());
  }
  return merged(text, stray);
}

/** What follows on each other as one. */
function merged(text: string, stray: { start: number; end: number }[]): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (const { start, end } of stray.sort((a, b) => a.start - b.start)) {
    const last = runs.at(-1);
    if (last !== undefined && nextLine(text, last.end) === start) last.end = end;
    else runs.push({ start, end });
  }
  return runs;
}

function nextLine(text: string, end: number): number {
  const next = text.indexOf("\n", end);
  return next < 0 ? text.length : next + 1;
}
