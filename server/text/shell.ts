import { type Projection, projectionOf, type Segment } from "./projection.ts";

/** One word of a shell command, with the way back to the script. */
export interface ShellWord {
  readonly text: string;
  readonly projection: Projection;
}

type Quote = "none" | "single" | "double";

/**
 * The words of a POSIX shell script, as far as they can be told without running it. Words that the shell would still
 * expand keep their `$…`; a here-document makes the script unreadable for us.
 */
export function shellWords(script: string): ShellWord[] | undefined {
  if (script.includes("<<")) return undefined;
  const words: ShellWord[] = [];
  let at = 0;
  while (at < script.length) {
    const char = script[at] as string;
    if (/\s/.test(char) || (char === "\\" && /^\\\r?\n/.test(script.slice(at, at + 3)))) {
      at += char === "\\" ? 2 : 1;
    } else if (char === "#") {
      at = endOfLine(script, at);
    } else if (";|&()<>".includes(char)) {
      at++;
    } else {
      const word = wordAt(script, at);
      if (word === undefined) return undefined;
      words.push(word.word);
      at = word.end;
    }
  }
  return words;
}

function wordAt(script: string, start: number): { word: ShellWord; end: number } | undefined {
  const segments: Segment[] = [];
  const quotes = new Set<Quote>();
  let text = "";
  let quote: Quote = "none";
  let at = start;
  const take = (char: string, from: number, width = 1) => {
    const last = segments[segments.length - 1];
    if (width > 1) segments.push({ inner: text.length, outer: from, length: 1, width });
    else if (last !== undefined && last.width === undefined && last.outer + last.length === from) {
      segments[segments.length - 1] = { ...last, length: last.length + 1 };
    } else segments.push({ inner: text.length, outer: from, length: 1 });
    text += char;
    quotes.add(quote);
  };
  for (; at < script.length; at++) {
    const char = script[at] as string;
    const next = script[at + 1];
    if (quote === "none" && /[\s;|&()<>]/.test(char)) break;
    if (quote === "none" && char === "'") quote = "single";
    else if (quote === "none" && char === '"') quote = "double";
    else if ((quote === "single" && char === "'") || (quote === "double" && char === '"')) quote = "none";
    else if (char === "\\" && next === "\n" && quote !== "single") at++;
    else if (char === "\\" && next !== undefined && escapable(quote, next)) take(next, at++, 2);
    else take(char, at);
  }
  if (quote !== "none") return undefined;
  return { word: { text, projection: projectionOf(segments, encoderFor(quotes)) }, end: at };
}

function escapable(quote: Quote, next: string): boolean {
  return quote === "none" || (quote === "double" && '"\\$`'.includes(next));
}

/** How a replacement is spelled inside the word's quotes. */
function encoderFor(quotes: ReadonlySet<Quote>): Projection["encode"] {
  const [quote] = quotes;
  if (quotes.size !== 1 || quote === "none") return (text) => (/^[\w.\-/:=]+$/.test(text) ? text : undefined);
  if (quote === "single") return (text) => (text.includes("'") ? undefined : text);
  return (text) => text.replace(/["\\$`]/g, "\\$&");
}

function endOfLine(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline;
}
