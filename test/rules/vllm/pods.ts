import type { Finding } from "../../../server/findings/finding.ts";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

/** A Deployment with one container, whose lines these are. */
export function pod(container: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
${container.trimEnd().replace(/^(?=.)/gm, "          ")}
`;
}

/** The same, of an image of vLLM and these words behind its entry point, one a line. */
export function serving(version: string, ...words: string[]): string {
  const items = words.map((word) => `\n  - ${word}`).join("");
  return pod(`image: vllm/vllm-openai${version === "" ? "" : `:${version}`}\nargs:${items}`);
}

export function filesOf(text: string, vllm?: string): Files {
  return {
    ...(vllm !== undefined && { "headroom.config.yaml": `versions:\n  vllm: "${vllm}"\n` }),
    "deployment.yaml": text,
  };
}

/** The findings of one rule, as `severity text`. */
export function foundBy(rule: string, text: string, vllm?: string): string[] {
  const files = filesOf(text, vllm);
  return findingsOf(rule, files).map((finding) => `${finding.severity} ${cut(files, finding)}`);
}

export function findingsOf(rule: string, files: Files): Finding[] {
  return lint(files).filter((finding) => finding.rule === rule);
}

/** The lines that the first fix of the only finding leaves and that were not there, and the lines that it takes. */
export function mendedBy(rule: string, text: string, vllm?: string): { title: string; lines: string[] } | undefined {
  const files = filesOf(text, vllm);
  const fix = findingsOf(rule, files)[0]?.fixes[0];
  if (fix === undefined) return undefined;
  const before = text.split("\n");
  const after = (applyEdits(files, fix.edits)["deployment.yaml"] ?? "").split("\n");
  return {
    title: fix.title,
    lines: [
      ...before.filter((line) => !after.includes(line)).map((line) => `- ${line.trim()}`),
      ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line.trim()}`),
    ],
  };
}
