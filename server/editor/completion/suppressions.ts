import { rules } from "../../rules/registry.ts";
import { lineStartAt } from "../../text/layout.ts";
import type { Place } from "../schema/place.ts";
import type { Candidate } from "./candidate.ts";

const comment = /(?:^|\s)#[ \t]*headroom-disable(?:-next-line)?[ \t]+((?:[\w/-]+[ \t]*,[ \t]*)*)([\w/-]*)$/;
const beginning = /(?:^|\s)#[ \t]*(head[\w-]*)$/;

/** Rules behind `# headroom-disable…`, and these words themselves. */
export function suppressionsAt({
  doc,
  offset,
}: Place): { candidates: readonly Candidate[]; start: number; end: number } | undefined {
  const line = doc.text.slice(lineStartAt(doc.text, offset), offset);
  const word = beginning.exec(line)?.[1];
  if (word !== undefined) return { candidates: directives, start: offset - word.length, end: offset };
  const found = comment.exec(line);
  if (found === null) return undefined;
  const [, said = "", begun = ""] = found;
  const taken = new Set(said.split(/[\s,]+/));
  const rest = /^[\w/-]*/.exec(doc.text.slice(offset))?.[0] ?? "";
  const candidates = rules
    .filter(({ id }) => !taken.has(id))
    .map(({ id, title }) => ({ label: id, detail: title, rank: 0 }));
  return { candidates, start: offset - begun.length, end: offset + rest.length };
}

const directives: readonly Candidate[] = [
  { label: "headroom-disable-next-line", detail: "A rule is silent about the next line", rank: 0 },
  { label: "headroom-disable", detail: "A rule is silent about this document", rank: 1 },
];
