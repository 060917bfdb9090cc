import type { Document } from "../text/document.ts";
import type { TextFile } from "../text/file.ts";
import { Lines } from "../text/lines.ts";
import type { Edit, Finding } from "./finding.ts";

/** What would be found if the file had this text. */
export type Judge = (text: string) => { readonly file: TextFile; readonly findings: readonly Finding[] };

/** A fix that brings another fix along is rare, three in a row are suspicious. */
const mostRounds = 10;

interface Change {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/**
 * The text with all safe fixes applied until none is left. Of fixes that overlap one waits for the next round. A text
 * with syntax errors stays as it is: what a fix would do to it nobody knows. Nor may a fix make any.
 */
export function fixAll(text: string, judge: Judge): string {
  let fixed = text;
  let { file, findings } = judge(fixed);
  if (broken(file.documents) > 0) return text;
  const before = broken(file.allDocuments());
  for (let round = 0; round < mostRounds; round++) {
    const next = applied(fixed, safeChanges(findings, file.path, new Lines(fixed)));
    if (next === fixed) return fixed;
    ({ file, findings } = judge(next));
    if (broken(file.allDocuments()) > before) return fixed;
    fixed = next;
  }
  return fixed;
}

function broken(documents: readonly Document[]): number {
  return documents.filter(({ problems }) => problems.some(({ type }) => type !== "duplicate-key")).length;
}

function safeChanges(findings: readonly Finding[], path: string, lines: Lines): Change[] {
  const taken: Change[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find(({ safe, edits }) => safe && edits.every(({ file }) => file === path));
    const changes = (fix?.edits ?? []).map((edit) => changeOf(edit, lines));
    if (!changes.some((change) => taken.some((other) => overlap(change, other)))) taken.push(...changes);
  }
  return taken;
}

function changeOf({ range, newText }: Edit, lines: Lines): Change {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end), newText };
}

/** Two changes that only touch count too: which of two insertions comes first is for the next round to see. */
function overlap(a: Change, b: Change): boolean {
  return a.start <= b.end && b.start <= a.end;
}

function applied(text: string, changes: readonly Change[]): string {
  return changes
    .toReversed()
    .sort((a, b) => b.start - a.start)
    .reduce((now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end), text);
}

/** The one stretch in which two texts differ, as a change of the first. */
export function difference(before: string, after: string): Change | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  // A position between the two characters of a line break does not exist.
  if (before[start - 1] === "\r") start--;
  if (tail > 0 && before[before.length - tail] === "\n" && before[before.length - tail - 1] === "\r") tail--;
  return { start, end: before.length - tail, newText: after.slice(start, after.length - tail) };
}
