import type { Stream } from "../../server/engine/random/stream.ts";
import { oddValues } from "./values.ts";

/** A text, changed in one way at random. `other` is a text to take pieces of. */
type Mutation = (text: string, random: Stream, other: string) => string;

function one<T>(of: readonly T[], random: Stream): T {
  return of[random.below(of.length)] as T;
}

/** Without a look at what the text means. */
const byBytes: readonly Mutation[] = [
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + text.slice(at + 1 + random.below(8));
  },
  (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + String.fromCharCode(random.below(0x300)) + text.slice(at + random.below(2));
  },
  (text, random) => {
    const [at, from] = [random.below(text.length), random.below(text.length)];
    return text.slice(0, at) + text.slice(from, from + random.below(80)) + text.slice(at);
  },
  (text, random, other) => {
    const from = random.below(other.length);
    const at = random.below(text.length);
    return text.slice(0, at) + other.slice(from, from + random.below(400)) + text.slice(at);
  },
];

/** Values that end where they stand. */
const tidyValues = oddValues.filter((value) => /^[\w.~%-][\w .~%/-]*$/.test(value));

/** What people do by mistake: the syntax mostly stays whole, and rules have something to say. */
const byMeaning: readonly Mutation[] = [
  onLine((line, random) => line.replace(/(:\s+)[^\s|>&*{["'].*$/, (_, lead: string) => lead + one(tidyValues, random))),
  onLine((line, random) =>
    line.replace(/(:\s+)[^\s|>&*{["'].*$/, (_, lead: string) => `${lead}"${one(tidyValues, random)}"`),
  ),
  onLine((line, random) =>
    line.replace(/\d+/, (digits) => one([`${digits}0`, "0", "1", `${digits}.5`, `0.${digits}`, `${digits}00`], random)),
  ),
  onLine((line) => line.replace(/([a-z])([a-z])(?=\w*:)/i, "$2$1")),
  onLine((line, random) => line.replace(/\w+(?=\s*$)/, (word) => word.slice(0, random.below(word.length)) || "x")),
  onLine((line, random) => line.replace(/--[\w-]+/, (flag) => flag.slice(0, flag.length - random.below(4)))),
  onLine((line) => (/^\s*[\w.-]+:\s+\S/.test(line) ? undefined : line)),
  (text, random, other) => `${text}\n---\n${one([other, text], random)}`,
];

/** With a look at its lines: what stands before a colon is a key, and what stands behind it a value. */
const byLines: readonly Mutation[] = [
  onLine((line, random) => line.replace(/(:\s+|-\s+|^)\S.*$/, (_, lead: string) => lead + one(oddValues, random))),
  onLine((line, random) => line.replace(/[\w./-]+(?=:)/, () => one(oddValues, random) || "x")),
  onLine((line, random) =>
    line.replace(/\d+/, (digits) => one([`${digits}0`, "0", `-${digits}`, `${digits}.5`], random)),
  ),
  onLine((line) => line.replace(/^(\s*)(.)/, "$1  $2")),
  onLine((line) => line.replace(/^ {2}/, "")),
  onLine((line) => line.replace(/^ {2}/, "\t")),
  onLine((line) => `${line}\n${line}`),
  onLine(() => undefined),
  onLine((line, random) =>
    line.replace(
      /:\s+(\S.*)$/,
      (_, value: string) =>
        `: ${one([`"${value}"`, `'${value}'`, `&a ${value}`, `!!str ${value}`, `[${value}]`, `{${value}: }`, `|\n      ${value}`], random)}`,
    ),
  ),
  onLine(
    (line, random) =>
      `${line}\n${one(["---", "...", "%YAML 9.9", "# headroom-disable", "<<: *a", "? - x", "- "], random)}`,
  ),
  (text, random) => text.replaceAll("\n", one(["\r\n", "\r", "\n\n", "\n \n"], random)),
  (text, random) => one(["\ufeff", "", "{", "- "], random) + text,
  (text, random) => {
    const lines = text.split("\n");
    const [a, b] = [random.below(lines.length), random.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] as string, lines[a] as string];
    return lines.join("\n");
  },
];

function onLine(change: (line: string, random: Stream) => string | undefined): Mutation {
  return (text, random) => {
    const lines = text.split("\n");
    const at = random.below(lines.length);
    const changed = change(lines[at] as string, random);
    lines.splice(at, 1, ...(changed === undefined ? [] : [changed]));
    return lines.join("\n");
  };
}

/** One to four changes, one after the other. After broken syntax little else is looked at: most keep it. */
export function mutated(text: string, random: Stream, other: string): string {
  let now = text;
  for (let left = 1 + random.below(4); left > 0 && now.length > 0; left--) {
    const dice = random.below(20);
    const mutations = dice === 0 ? byBytes : dice < 3 ? byLines : byMeaning;
    now = one(mutations, random)(now, random, other);
  }
  return now;
}
