import type { Document } from "../../text/document.ts";
import { lineEndAt, lineStartAt } from "../../text/layout.ts";
import type { Node } from "../../text/node.ts";

/** Characters up to which a document is shown as it is. */
const short = 6 * 1024;

/**
 * A document's text without the list items that have nothing to do with an offset: the service looks at every value for
 * every question. What is left out becomes blanks, so that everything stays in its place.
 */
export function focused({ text, root }: Document, offset: number): string {
  if (text.length <= short || root === undefined) return text;
  const line = lineStartAt(text, offset);
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end } of strayItems(text, root, line)) {
    pieces.push(text.slice(done, start), text.slice(start, end).replace(/[^\r\n]/g, " "));
    done = end;
  }
  return pieces.join("") + text.slice(done);
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
  return stray.sort((a, b) => a.start - b.start);
}

function nextLine(text: string, end: number): number {
  const next = text.indexOf("\n", end);
  return next < 0 ? text.length : next + 1;
}
