import { CST } from "yaml";
import type { ScalarNode } from "../node.ts";
import { code, lineEnd, type Reading, unusual } from "./reading.ts";

/** Of an implicit key; the parser refuses those over 1,024 (YAML 1.2.2, 7.4.2). */
const longestKey = 1_000;

/** Indicators that no plain scalar may begin with (YAML 1.2.2, c-indicator), and `?` and `:`, which some may. */
const indicators = new Set(Array.from("?:,[]{}#&*!|>'\"%@`\t", (char) => char.charCodeAt(0)));

/** A plain scalar on one line. It ends before `: `, ` #`, the line's end and, in flow, before brackets and commas. */
export function plainScalar(reading: Reading, inFlow: boolean): ScalarNode {
  const { text, at: start } = reading;
  const isDash = reading.here() === code.dash && endsWord(reading, start + 1, inFlow);
  if (isDash || indicators.has(text.charCodeAt(start))) throw unusual;
  let at = start;
  let end = start;
  for (; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === code.space) continue;
    if (char === code.newline) break;
    if (char === code.hash && text.charCodeAt(at - 1) === code.space) break;
    if (char === code.colon && endsWord(reading, at + 1, inFlow)) break;
    if (inFlow && isFlowSign(char)) break;
    if (char < code.space) throw unusual;
    end = at + 1;
  }
  if (end === start) throw unusual;
  reading.at = end;
  return reading.scalar(text.slice(start, end), "plain", start, end);
}

function endsWord(reading: Reading, at: number, inFlow: boolean): boolean {
  return reading.isBreak(at) || (inFlow && isFlowSign(reading.text.charCodeAt(at)));
}

function isFlowSign(char: number): boolean {
  return (
    char === code.comma ||
    char === code.openSeq ||
    char === code.closeSeq ||
    char === code.openMap ||
    char === code.closeMap
  );
}

/** A quoted scalar on one line. */
export function quotedScalar(reading: Reading): ScalarNode {
  const { text, at: start } = reading;
  const isDouble = reading.here() === code.double;
  let end = start + 1;
  let marked = false;
  for (; ; end++) {
    const char = text.charCodeAt(end);
    if (char === code.newline || end >= text.length) throw unusual;
    if (isDouble && char === code.backslash) {
      marked = true;
      end++;
    } else if (char === (isDouble ? code.double : code.single)) {
      if (isDouble || text.charCodeAt(end + 1) !== code.single) break;
      marked = true;
      end++;
    }
  }
  reading.at = ++end;
  const inside = text.slice(start + 1, end - 1);
  const content = !marked ? inside : isDouble ? resolved(doubleQuoted(text.slice(start, end))) : unescaped(inside);
  return reading.scalar(content, isDouble ? "double" : "single", start, end);
}

function unescaped(inside: string): string {
  return inside.replaceAll("''", "'");
}

function doubleQuoted(source: string): CST.FlowScalar {
  return { type: "double-quoted-scalar", offset: 0, indent: 0, source };
}

/** A scalar whose text has rules of its own is left to the parser. */
function resolved(token: CST.FlowScalar | CST.BlockScalar): string {
  const scalar = CST.resolveAsScalar(token, true, () => {
    throw unusual;
  });
  return scalar.value;
}

/** The key at this place, and over the colon behind it. */
export function keyScalar(reading: Reading): ScalarNode {
  const char = reading.here();
  const isQuoted = char === code.double || char === code.single;
  const key = isQuoted ? quotedScalar(reading) : plainScalar(reading, false);
  if (!isBehindKey(reading, key)) throw unusual;
  return key;
}

/** Goes over a colon that makes a key of the scalar before it; stays where there is none. */
export function isBehindKey(reading: Reading, key: ScalarNode): boolean {
  const before = reading.at;
  reading.skipSpaces();
  if (reading.here() === code.colon && reading.isBreak(reading.at + 1)) {
    if (key.end - key.start > longestKey) throw unusual;
    reading.at++;
    return true;
  }
  reading.at = before;
  return false;
}

/** A literal or folded scalar without an indentation indicator and without `+`, behind a parent at a column. */
export function blockScalar(reading: Reading, parent: number): ScalarNode {
  const { text, at: start } = reading;
  const isFolded = reading.here() === code.greater;
  reading.at++;
  const strips = reading.here() === code.dash;
  if (strips) reading.at++;
  const header = reading.at;
  reading.skipSpaces();
  const isComment = reading.here() === code.hash && reading.at > header;
  if (reading.here() !== code.newline && !isComment) throw unusual;
  const body = lineEnd(text, reading.at) + 1;
  const { margin, end } = linesOf(text, body, parent);
  reading.line = reading.at = end;
  const content = isFolded
    ? resolved(foldedToken(text.slice(start, header), text.slice(body, end)))
    : literal(text.slice(body, end), margin, strips);
  const node = reading.scalar(content, isFolded ? "folded" : "literal", start, end);
  reading.skipBlanks();
  return node;
}

/** The margin of the lines that belong to a block scalar, and where the last one with content ends. */
function linesOf(text: string, body: number, parent: number): { margin: number; end: number } {
  let margin = -1;
  let widest = 0;
  let end = body;
  for (let start = body; start < text.length; ) {
    let at = start;
    while (text.charCodeAt(at) === code.space) at++;
    const char = text.charCodeAt(at);
    const indent = at - start;
    if (char === code.newline || at >= text.length) {
      widest = Math.max(widest, indent);
      start = at + 1;
      continue;
    }
    if (margin < 0) {
      // More blanks on a line before the first one with content are a mistake.
      if (indent <= parent || widest > indent || char === code.tab) throw unusual;
      margin = indent;
    } else if (indent < margin) {
      if (char === code.tab) throw unusual;
      break;
    }
    widest = 0;
    end = Math.min(lineEnd(text, at) + 1, text.length);
    start = end;
  }
  // Blank lines at the end that are wider than the margin belong to the text.
  if (margin < 0 || widest > margin) throw unusual;
  return { margin, end };
}

function literal(source: string, margin: number, strips: boolean): string {
  const lines = (source.endsWith("\n") ? source.slice(0, -1) : source).split("\n");
  for (const [index, line] of lines.entries()) lines[index] = line.slice(margin);
  return strips ? lines.join("\n") : `${lines.join("\n")}\n`;
}

function foldedToken(header: string, source: string): CST.BlockScalar {
  const props: CST.SourceToken[] = [{ type: "block-scalar-header", offset: 0, indent: 0, source: header }];
  return { type: "block-scalar", offset: 0, indent: 0, props, source };
}
