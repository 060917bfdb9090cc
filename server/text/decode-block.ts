import type { InnerText } from "./inner-text.ts";
import type { ScalarNode } from "./node.ts";
import { projectionOf, type Segment } from "./projection.ts";

interface Line {
  /** Offset in the document, behind the indentation. */
  readonly start: number;
  readonly content: string;
  readonly lineBreak: string;
}

/** Block scalars (`|` and `>`), every chomping and indentation indicator. */
export function decodeBlock(node: ScalarNode): InnerText | undefined {
  const raw = rawLines(node);
  const indent = indentOf(raw, node);
  if (indent === undefined) return undefined;
  const lines = raw.map(({ start, content, lineBreak }) => ({
    start: start + Math.min(indent, content.length),
    content: content.slice(indent),
    lineBreak,
  }));
  return node.style === "literal" ? literal(lines, node, indent) : folded(lines, node);
}

/** A literal block keeps its own line breaks, so that offsets differ from the outer text by the indentation alone. */
function literal(lines: readonly Line[], node: ScalarNode, indent: number): InnerText | undefined {
  const segments: Segment[] = [];
  let text = "";
  for (const line of lines) {
    const piece = line.content + line.lineBreak;
    segments.push({ inner: text.length, outer: line.start, length: piece.length });
    text += piece;
  }
  if (!sameContent(text, node.text)) return undefined;
  const margin = " ".repeat(indent);
  return { text, projection: projectionOf(segments, (inner) => inner.replace(/\n(?=[^\r\n])/g, `\n${margin}`)) };
}

/** A folded block: each line is looked up in the folded content; a replacement of more than one line has no place in it. */
function folded(lines: readonly Line[], node: ScalarNode): InnerText | undefined {
  const segments: Segment[] = [];
  let at = 0;
  for (const { start, content } of lines) {
    if (content === "") continue;
    while (/[ \n]/.test(node.text[at] ?? "") && !node.text.startsWith(content, at)) at++;
    if (!node.text.startsWith(content, at)) return undefined;
    segments.push({ inner: at, outer: start, length: content.length });
    at += content.length;
  }
  if (node.text.slice(at).trim() !== "") return undefined;
  return { text: node.text, projection: projectionOf(segments, (inner) => (inner.includes("\n") ? undefined : inner)) };
}

/** The lines below the header, not yet freed from their indentation. */
function rawLines(node: ScalarNode): Line[] {
  const source = node.doc.text;
  const lines: Line[] = [];
  const header = source.indexOf("\n", node.start);
  if (header < 0) return lines;
  for (let start = header + 1; start < node.end; ) {
    const newline = source.indexOf("\n", start);
    const next = newline < 0 || newline >= node.end ? node.end : newline + 1;
    const line = source.slice(start, next);
    const lineBreak = /\r?\n$/.exec(line)?.[0] ?? "";
    lines.push({ start, content: line.slice(0, line.length - lineBreak.length), lineBreak });
    start = next;
  }
  return lines;
}

/** Indentation is what the first line with content lost on its way through the parser. */
function indentOf(lines: readonly Line[], node: ScalarNode): number | undefined {
  const first = lines.find((line) => line.content.trim() !== "");
  if (first === undefined) return undefined;
  const content = node.text.replace(/^[\n]+/, "");
  for (let indent = 0; indent <= first.content.length; indent++) {
    if (first.content[indent - 1] !== " " && indent > 0) return undefined;
    const rest = first.content.slice(indent);
    if (content === rest || content.startsWith(`${rest}\n`) || (node.style === "folded" && content.startsWith(rest))) {
      return indent;
    }
  }
  return undefined;
}

function sameContent(text: string, content: string): boolean {
  return text.replace(/\r\n/g, "\n").trimEnd() === content.trimEnd();
}
