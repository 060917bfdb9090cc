import type { Range } from "../../text/lines.ts";
import type { Checked, CheckedFinding } from "../lint/checked.ts";
import { summaryOf } from "./summary.ts";

/** Lines and UTF-16 characters from zero, as in the Language Server Protocol. Keys are only ever added to version 1. */
export function jsonReport(checked: Checked, more: object = {}): string {
  const { files, documents, errors, warnings, infos } = summaryOf(checked);
  return printed({
    version: 1,
    findings: checked.files.flatMap((file) => file.findings.map(findingIn)),
    summary: { files, documents, errors, warnings, infos },
    ...more,
  });
}

/** One line of JSON. What acts on a terminal is escaped there too, as JSON allows. */
export function printed(value: unknown): string {
  const text = JSON.stringify(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);
  return `${text}\n`;
}

function escaped(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function findingIn(finding: CheckedFinding): object {
  const { rule, severity, message, file, range, related, fixes, docs, object, fingerprint, rendered } = finding;
  return {
    rule,
    severity,
    message,
    file,
    range: rangeIn(range),
    related: related.map((place) => ({
      file: place.file,
      range: rangeIn(place.range),
      message: place.message,
      ...(place.rendered && { rendered: place.rendered }),
    })),
    fixes: fixes.map(({ title, safe, edits }) => ({
      title,
      edits: edits.map((edit) => ({ file: edit.file, range: rangeIn(edit.range), newText: edit.newText })),
      safe,
    })),
    docs,
    object,
    fingerprint,
    ...(rendered && { rendered }),
  };
}

function rangeIn({ start, end }: Range): Range {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}
