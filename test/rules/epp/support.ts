import assert from "node:assert/strict";
import type { Finding } from "../../../server/findings/finding.ts";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

/** An endpoint picker's configuration around some of its lines. */
export function epp(text: string, apiVersion = "llm-d.ai/v1alpha1"): string {
  return `apiVersion: ${apiVersion}\nkind: EndpointPickerConfig\n${text.trim()}\n`;
}

/** The router as headroom.config.yaml tells it. */
export const running = (version: string): Files => ({ "headroom.config.yaml": `versions: {router: "${version}"}\n` });

/** `severity text` of each finding of a rule. */
export function said(rule: string, files: Files): string[] {
  return of(rule, files).map((finding) => `${finding.severity} ${cut(files, finding)}`);
}

export function messages(rule: string, files: Files): string[] {
  return of(rule, files).map(({ message }) => message);
}

function of(rule: string, files: Files): Finding[] {
  return lint(files).filter((finding) => finding.rule === rule);
}

/** The files after the fix of that title of the first finding; nothing of the rule may be left, and nothing new. */
export function mended(rule: string, files: Files, title: string): Files {
  const before = lint(files);
  const fixes = of(rule, files)[0]?.fixes ?? [];
  const fix = fixes.find((one) => one.title === title);
  assert.ok(fix, `there is ${fixes.map((one) => `"${one.title}"`).join(", ") || "no fix"}`);
  const after = applyEdits(files, fix.edits);
  const known = new Set(before.filter((finding) => finding.rule !== rule).map((finding) => finding.rule));
  const left = lint(after).filter((finding) => !known.has(finding.rule));
  assert.deepEqual(
    left.map(({ message }) => message),
    [],
  );
  return after;
}
