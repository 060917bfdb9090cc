import type { InnerText } from "./inner-text.ts";
import type { ScalarNode } from "./node.ts";
import { projectionOf, type Segment } from "./projection.ts";

/** Plain and quoted scalars: escapes, doubled quotes and folded lines. */
export function decodeFlow(node: ScalarNode): InnerText | undefined {
  const quoted = node.style !== "plain";
  const source = node.doc.text.slice(0, node.end - (quoted ? 1 : 0));
  const pieces = new Pieces();
  let at = node.start + (quoted ? 1 : 0);
  while (at < source.length) {
    const step = pieceAt(source, at, node.style);
    if (step === undefined) return undefined;
    pieces.add(step.text, at, step.length);
    at += step.length;
  }
  if (pieces.text !== node.text) return undefined;
  return {
    text: pieces.text,
    projection: projectionOf(pieces.segments, encoders[node.style as keyof typeof encoders]),
  };
}

interface Piece {
  readonly text: string;
  /** How many characters of the source it takes. */
  readonly length: number;
}

const ordinary = /[^\\'\r\n \t]+/y;
const blanks = /[ \t]*/y;
const lineBreak = /\r?\n[ \t]*/y;

function pieceAt(source: string, at: number, style: ScalarNode["style"]): Piece | undefined {
  const run = matchAt(ordinary, source, at) ?? matchAt(blanks, source, at) ?? "";
  const breaks = lineBreaksAt(source, at + run.length);
  const blank = run.trim() === "";
  if (blank && breaks.count > 0) {
    return { text: breaks.count === 1 ? " " : "\n".repeat(breaks.count - 1), length: run.length + breaks.length };
  }
  if (run !== "") return { text: run, length: run.length };
  if (style === "single" && source.startsWith("''", at)) return { text: "'", length: 2 };
  if (style === "double" && source[at] === "\\") return escapeAt(source, at);
  return { text: source[at] as string, length: 1 };
}

/** One line break folds into a space, each further one stays. */
function lineBreaksAt(source: string, at: number): { count: number; length: number } {
  let count = 0;
  let length = 0;
  for (let found = matchAt(lineBreak, source, at); found; found = matchAt(lineBreak, source, at + length)) {
    count++;
    length += found.length;
  }
  return { count, length };
}

function matchAt(pattern: RegExp, source: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
}

/** YAML 1.2, productions 42 to 61. */
const escapes: Record<string, string> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
const escapedBreak = /\\\r?\n[ \t]*/y;
const codePoint = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

function escapeAt(source: string, at: number): Piece | undefined {
  const continued = matchAt(escapedBreak, source, at);
  if (continued !== undefined) return { text: "", length: continued.length };
  codePoint.lastIndex = at;
  const coded = codePoint.exec(source);
  if (coded !== null) {
    const code = Number.parseInt(coded[1] ?? coded[2] ?? coded[3] ?? "", 16);
    return code > 0x10ffff ? undefined : { text: String.fromCodePoint(code), length: coded[0].length };
  }
  const text = escapes[source[at + 1] ?? ""];
  return text === undefined ? undefined : { text, length: 2 };
}

const encoders = {
  plain: (text: string) => (/^[\w.\-/]+$/.test(text) ? text : undefined),
  single: (text: string) => (text.includes("\n") ? undefined : text.replaceAll("'", "''")),
  double: (text: string) => JSON.stringify(text).slice(1, -1),
};

/** Collects the content; runs that stand unchanged in the source become one segment. */
class Pieces {
  text = "";
  readonly segments: Segment[] = [];
  private parts = 0;

  add(text: string, outer: number, length: number): void {
    const last = this.segments[this.segments.length - 1];
    const verbatim = text.length === length;
    if (verbatim && last !== undefined && this.parts === outer && last.inner + last.length === this.text.length) {
      this.segments[this.segments.length - 1] = { ...last, length: last.length + length };
    } else {
      const width = verbatim ? {} : { width: length };
      this.segments.push({ inner: this.text.length, outer, length: text.length, ...width });
    }
    this.parts = verbatim ? outer + length : -1;
    this.text += text;
  }
}
