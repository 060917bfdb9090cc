import type { Checked, CheckedFile, CheckedFinding } from "../../../server/cli/lint/checked.ts";
import type { Report } from "../../../server/cli/report/formats/report.ts";
import { rules } from "../../../server/rules/registry.ts";
import { Lines, type Range } from "../../../server/text/lines.ts";

export function range(line: number, from: number, to: number, lastLine = line): Range {
  return { start: { line, character: from }, end: { line: lastLine, character: to } };
}

export const ordinary: CheckedFinding = {
  rule: "yaml/duplicate-key",
  severity: "error",
  message: 'The key "kind" stands twice.',
  file: "base/a.yaml",
  range: range(2, 0, 4),
  object: "ConfigMap prod/notes",
  fingerprint: "0123456789abcdef0123456789abcdef",
  related: [{ file: "base/b.yaml", range: range(4, 9, 10), message: "the first" }],
  fixes: [
    {
      title: "Delete it",
      safe: true,
      edits: [
        { file: "base/a.yaml", range: range(2, 0, 0, 3), newText: "" },
        { file: "base/b.yaml", range: range(0, 0, 0), newText: "a\nb" },
      ],
    },
  ],
  docs: "https://example.com/yaml/duplicate-key.md",
};

/** Text that every format has a meaning for: none may take it for its own. */
export const hostileText =
  "100% ::error file=x::pwned, a:b,c\r\n]]> <b>&amp;</b> \"q\" 'q' | `c` *e* [l](http://x) @team #12 \x1b[31m \0 \uD800 \uFFFE \u202E www.x.y";
export const hostileName = 'base/ü #%&:,"<é>\n.yaml';

export const hostile: CheckedFinding = {
  ...ordinary,
  rule: "yaml/syntax",
  message: hostileText,
  file: hostileName,
  object: `ConfigMap ${hostileText}`,
  fingerprint: "fedcba9876543210fedcba9876543210",
  related: [{ file: hostileName, range: range(0, 0, 0), message: hostileText }],
  fixes: [
    { title: hostileText, safe: false, edits: [{ file: hostileName, range: range(0, 0, 1), newText: hostileText }] },
  ],
};

export function fileOf(name: string, findings: readonly CheckedFinding[]): CheckedFile {
  return { name, lines: new Lines("kind: a\nb: 1\nkind: b\n"), documents: 1, findings };
}

export function reportOf(files: readonly CheckedFile[], rest: Partial<Checked & Report> = {}): Report {
  const { problems = [], failures = [], failsFrom = "error", notes = [], fromRoot = (name) => name } = rest;
  return { checked: { files, ignored: 0, problems, failures, fromRoot }, rules, failsFrom, notes };
}

export const look = { colour: false, width: 80 };
