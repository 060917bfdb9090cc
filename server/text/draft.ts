import { type Carrier, Document } from "./document.ts";
import type { TextFile } from "./file.ts";
import { lineEndAt, lineStartAt } from "./layout.ts";
import { type Node, nodeAt } from "./node.ts";
import { parseExactly } from "./parse.ts";
import { readQuickly } from "./quick/quick.ts";

/**
 * A document with a word at `offset` that may be half typed, which is mostly no YAML. What stands around the word is
 * read as if the line were finished: with its brackets and quotes closed, else without the word, else without the line.
 * Up to the end of that line everything keeps its offset. Where nothing helps, the parser says what it makes of it.
 */
export function draftOf(file: TextFile, text: string, offset: number, carrier?: Carrier): Document {
  const start = lineStartAt(text, offset);
  const end = lineEndAt(text, offset);
  const closers = closersOf(text.slice(start, end));
  const closed = `${text.slice(0, end)}${closers}${text.slice(end)}`;
  const word = wordAround(text, start, offset, end);
  const content = start + (/^ *(?:- +)*/.exec(text.slice(start, end))?.[0].length ?? 0);
  const ways = [
    { text, read: text },
    { text: closed, read: closed },
    { text: closed, read: `${closed.slice(0, end)}${closers},${text.slice(end)}` },
    { text: closed, read: without(closed, word.start, word.end) },
    { text, read: without(text, content, end) },
  ] as const;
  const isInBraces = closers.startsWith("}") && /[{,] *$/.test(text.slice(start, word.start));
  if (isInBraces || /^ *[\w./-]+\s*$/.test(text.slice(start, end))) {
    const doc = readAs(file, closed, ways[3].read, carrier);
    // The key that such a word mostly is, but for the items of a list over several lines.
    if (doc !== undefined && (isInBraces || !isInBrackets(nodeAt(doc.root, offset)))) return doc;
  }
  const tried = new Set<string>();
  for (const way of ways) {
    if (tried.has(way.read)) continue;
    tried.add(way.read);
    const doc = readAs(file, way.text, way.read, carrier);
    if (doc !== undefined) return doc;
  }
  return new Document(file, text, carrier, undefined, parseExactly);
}

function isInBrackets(node: Node | undefined): boolean {
  return (node?.type === "seq" || node?.type === "map") && node.flow;
}

/** A document of which another text tells what is in it. */
function readAs(file: TextFile, text: string, draft: string, carrier: Carrier | undefined): Document | undefined {
  const read = draft.replaceAll("\r\n", " \n");
  let isRead = true;
  const doc = new Document(file, text, carrier, undefined, (reading) => {
    const parsed = readQuickly(reading, read);
    isRead = parsed !== undefined;
    return parsed ?? { root: undefined, problems: [], carriers: [], braces: undefined };
  });
  return isRead ? doc : undefined;
}

function without(text: string, start: number, end: number): string {
  return text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
}

function wordAround(text: string, start: number, offset: number, end: number): { start: number; end: number } {
  const before = /[^\s:"'[\]{},]*$/.exec(text.slice(start, offset))?.[0].length ?? 0;
  const behind = /^[^\s:"'[\]{},]*/.exec(text.slice(offset, end))?.[0].length ?? 0;
  return { start: offset - before, end: offset + behind };
}

/** What is missing at the end of a line to close the quotes and brackets that it opens. */
export function closersOf(line: string): string {
  const open: string[] = [];
  /** Whether a value may begin here: a quote or bracket inside of a plain word is text. */
  let fresh = true;
  for (let at = 0; at < line.length; at++) {
    const char = line[at] ?? "";
    if (char === "#" && (at === 0 || line[at - 1] === " ")) break;
    if (char === '"' || char === "'") {
      if (!fresh) continue;
      const close = quoteEnd(line, at);
      if (close === undefined) return `${char}${open.reverse().join("")}`;
      at = close;
      fresh = false;
    } else if (char === "{" || char === "[") {
      if (fresh || open.length > 0) open.push(char === "{" ? "}" : "]");
    } else if (char === "}" || char === "]") {
      if (open.at(-1) === char) open.pop();
      fresh = false;
    } else if (char === "," && open.length > 0) fresh = true;
    else if ((char === ":" || char === "-") && (line[at + 1] ?? " ") === " ") fresh = true;
    else if (char !== " ") fresh = false;
  }
  return open.reverse().join("");
}

function quoteEnd(line: string, start: number): number | undefined {
  const quote = line[start];
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === "\\" && quote === '"') at++;
    else if (line[at] === quote) {
      if (quote === '"' || line[at + 1] !== "'") return at;
      at++;
    }
  }
  return undefined;
}
