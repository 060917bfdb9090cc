import type { InnerText } from "../../text/inner-text.ts";
import { lineEndAt, lineStartAt } from "../../text/layout.ts";
import type { ScalarNode } from "../../text/node.ts";
import { projectionOf, type Segment } from "../../text/projection.ts";

/**
 * The lines of a block scalar as somebody who types sees them: with the blank lines at its end, which the parser gives
 * to nobody, and with a first line that holds nothing yet. Absent when the offset is not in it.
 */
export function readBlock(node: ScalarNode, offset: number): InnerText | undefined {
  const { text } = node.doc;
  const first = text.indexOf("\n", node.start) + 1;
  const column = offset - lineStartAt(text, offset);
  if (first === 0 || offset < first) return undefined;
  const margin = marginOf(text, first, node.end) ?? column;
  if (column < margin || margin === 0) return undefined;
  const segments: Segment[] = [];
  let inner = "";
  for (let start = first; start < text.length || start === offset; ) {
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(start, next);
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const isBlank = line.trim() === "";
    if (!isBlank && indent < margin) break;
    const skipped = Math.min(margin, isBlank ? lineEndAt(text, start) - start : indent);
    segments.push({ inner: inner.length, outer: start + skipped, length: next - start - skipped });
    inner += line.slice(skipped);
    if (newline < 0) break;
    start = next;
  }
  const last = segments.at(-1);
  if (last === undefined || offset > last.outer + last.length) return undefined;
  const indentation = " ".repeat(margin);
  const encode = (yaml: string) => yaml.replace(/\n(?=[^\r\n])/g, `\n${indentation}`);
  return { text: inner, projection: projectionOf(segments, encode) };
}

/** The indentation of the first line with content. */
function marginOf(text: string, first: number, end: number): number | undefined {
  const found = /^( *)[^\s]/m.exec(text.slice(first, end));
  return found?.[1]?.length;
}
