import { severities } from "../../../findings/finding.ts";
import type { CheckedFinding } from "../../lint/checked.ts";
import { shortened, visible } from "../../terminal/visible.ts";
import { summaryLine } from "../summary.ts";
import { notCheckedIn } from "../trouble.ts";
import { counted } from "../words.ts";
import { messageOf } from "./rendered.ts";
import type { Report } from "./report.ts";

/** Characters that a comment on GitHub may have are 65,536, and 1,000,000 on GitLab; rows stop well before. */
const mostText = 50_000;
const longestMessage = 600;

/** For a comment on a pull request: the worst first, since a reader stops somewhere. */
export function markdownReport({ checked, notes }: Report): string {
  const all = checked.files.flatMap(({ findings }) => findings);
  const sorted = severities.flatMap((wanted) => all.filter(({ severity }) => severity === wanted));
  const rows = fitting(sorted.map((finding) => rowOf(finding, checked.fromRoot(finding.file))));
  const more = sorted.length - rows.length;
  const troubles = notCheckedIn(checked).map(
    ({ path, reason }) => `- Not checked: ${inline(checked.fromRoot(path))}: ${inline(reason)}`,
  );
  return [
    `**Headroom**: ${inline(summaryLine(checked))}`,
    ...notes.map((note) => inline(note)),
    ...(rows.length === 0 ? [] : [["| | where | what |", "| --- | --- | --- |", ...rows].join("\n")]),
    ...(more === 0 ? [] : [`… and ${counted(more, "more finding")}.`]),
    ...(troubles.length === 0 ? [] : [fitting(troubles).join("\n")]),
    "",
  ].join("\n\n");
}

function fitting(rows: readonly string[]): string[] {
  const taken: string[] = [];
  let room = mostText;
  for (const row of rows) {
    room -= row.length;
    if (room < 0) break;
    taken.push(row);
  }
  return taken;
}

function rowOf(finding: CheckedFinding, path: string): string {
  const { rule, severity, range, docs, fixes, rendered } = finding;
  const place = rendered ? inline(path) : `${inline(path)}:${range.start.line + 1}`;
  const fix = fixes.map(({ title }) => `<br>Fix: ${inline(title)}`).join("");
  return `| ${severity} | ${place}<br>[${inline(rule)}](<${docs}>) | ${inline(messageOf(finding))}${fix} |`;
}

const meaningful = /[\\`*_[\]<>|~&]|:(?=\/\/)|(?<=www)\.|[@#](?=[\w-])/g;

/**
 * Text of documents as text: no mark-up, no HTML, no table cell, no link, and nobody is called by an `@` nor an issue
 * by a `#`, which GitHub finds in the finished text and not across an empty comment.
 */
function inline(text: string): string {
  return visible(shortened(text, longestMessage)).replace(meaningful, (character) =>
    "@#".includes(character) ? `${character}<!-- -->` : `&#${character.charCodeAt(0)};`,
  );
}
