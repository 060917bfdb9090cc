import { cut, type Files, lint } from "../../support/lint.ts";

/** What one rule says of files: severity and the text it stands at. */
export function saidBy(rule: string, files: Files | string): string[] {
  const all = typeof files === "string" ? { "values.yaml": files } : files;
  return lint(all)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(all, finding)}`);
}

export function messagesBy(rule: string, text: string): string[] {
  return lint({ "values.yaml": text })
    .filter((finding) => finding.rule === rule)
    .map(({ message }) => message);
}
