import { engineExample } from "../../../server/rules/lmcache/example.ts";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

export type EngineParts = Parameters<typeof engineExample>[0];

/** vLLM with LMCache inside it; variables and arguments come by line. */
export function engine(parts: EngineParts): Files {
  return { "stack.yaml": engineExample(parts) };
}

export function variables(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `- {name: ${name}, value: ${JSON.stringify(value)}}`)
    .join("\n");
}

/** `error text` of one rule's findings. */
export function foundBy(rule: string, files: Files): string[] {
  return lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(files, finding)}`);
}

export function messagesOf(rule: string, files: Files): string[] {
  return lint(files).flatMap((finding) => (finding.rule === rule ? [finding.message] : []));
}

/** The text after the first fix of a rule's first finding, and whether the rule has more to say then. */
export function mendedBy(rule: string, files: Files): { readonly text: string; readonly left: string[] } {
  const fix = lint(files).find((finding) => finding.rule === rule)?.fixes[0];
  if (fix === undefined) throw new Error(`${rule} offers no fix`);
  const result = applyEdits(files, fix.edits);
  return { text: Object.values(result).join("---\n"), left: foundBy(rule, result) };
}
