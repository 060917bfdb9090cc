import assert from "node:assert/strict";
import type { Finding } from "../../../server/findings/finding.ts";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

export function schemaFindings(files: Files): Finding[] {
  return lint(files).filter(({ rule }) => rule.startsWith("schema/"));
}

/** `rule at` for everything that the schema rules say. */
export function said(files: Files): string[] {
  return schemaFindings(files).map((finding) => `${finding.rule.slice("schema/".length)} ${cut(files, finding)}`);
}

/** The one message. */
export function message(files: Files): string {
  const found = schemaFindings(files);
  assert.equal(found.length, 1, found.map((finding) => finding.message).join("\n"));
  return found[0]?.message ?? "";
}

/** The files after the first fix, with its title and whether it is safe. */
export function mended(files: Files): { title: string; safe: boolean; files: Files } {
  const fix = schemaFindings(files)[0]?.fixes[0];
  assert.ok(fix, "there is no fix");
  return { title: fix.title, safe: fix.safe, files: applyEdits(files, fix.edits) };
}
