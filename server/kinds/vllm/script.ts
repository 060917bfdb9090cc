import { type ShellWord, shellWords } from "../../text/shell.ts";

/** One command of a script. */
export interface ScriptLine {
  readonly words: readonly ShellWord[];
  /** Every word could be read, up to the command's end. */
  readonly complete: boolean;
}

/** Cuts a script into its commands, at whatever stands between two words and is more than space. */
export function scriptLines(script: string): readonly ScriptLine[] {
  const words = shellWords(withoutSubstitutions(script));
  if (words === undefined) return [];
  const lines: { words: ShellWord[]; complete: boolean }[] = [];
  let line: (typeof lines)[number] | undefined;
  let end = 0;
  for (const word of words) {
    const empty = word.text === "";
    const start = empty ? end : word.projection.outward(0);
    const gap = script.slice(end, start).replace(/\\\r?\n/g, " ");
    const cut = /[\n;|&()<>]/.exec(gap)?.[0];
    if (line === undefined || cut !== undefined) {
      // `2>&1`: the number belongs to the arrow.
      if (cut !== undefined && /^[<>]/.test(gap) && /^\d$/.test(line?.words.at(-1)?.text ?? "")) line?.words.pop();
      if (line !== undefined && gap.includes("(")) line.complete = false;
      line = { words: [], complete: true };
      lines.push(line);
    }
    line.words.push(word);
    if (!empty) end = word.projection.outwardEnd(word.text.length);
  }
  return lines;
}

/**
 * What the shell puts in place of `$(…)`, `$((…))` and backticks is not known; each becomes one word of as many
 * characters that begins with a `$`.
 */
function withoutSubstitutions(script: string): string {
  let result = "";
  let at = 0;
  let double = false;
  while (at < script.length) {
    const begins = script[at] === "`" || script.startsWith("$(", at);
    const end = begins ? substitutionEnd(script, at) : undefined;
    // One that does not end takes the rest of the script along.
    if (begins && end === undefined) break;
    if (end !== undefined) {
      result += `$${"_".repeat(end - at - 1)}`;
      at = end;
      continue;
    }
    if (script[at] === '"') double = !double;
    const next = double ? at + (script[at] === "\\" ? 2 : 1) : behind(script, at);
    result += script.slice(at, next);
    at = next;
  }
  return result + script.slice(at);
}

function substitutionEnd(script: string, at: number): number | undefined {
  if (script[at] === "`") {
    const close = script.indexOf("`", at + 1);
    return close < 0 ? undefined : close + 1;
  }
  let depth = 0;
  for (let end = at + 1; end < script.length; end = behind(script, end)) {
    if (script[end] === "(") depth++;
    else if (script[end] === ")" && --depth === 0) return end + 1;
  }
  return undefined;
}

/** Behind a character outside double quotes: an escape, a string in single quotes and a comment go as one. */
function behind(script: string, at: number): number {
  const char = script[at];
  if (char === "\\") return at + 2;
  const closing = char === "'" ? "'" : char === "#" && !/\S/.test(script[at - 1] ?? " ") ? "\n" : undefined;
  if (closing === undefined) return at + 1;
  const end = script.indexOf(closing, at + 1);
  return end < 0 ? script.length : end + 1;
}
