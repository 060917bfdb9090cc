import type { Edit, Finding } from "../../server/findings/finding.ts";
import { kinds } from "../../server/kinds/registry.ts";
import { Pipeline } from "../../server/pipeline.ts";
import { rules } from "../../server/rules/registry.ts";
import { Lines } from "../../server/text/lines.ts";

/** Files by path. */
export type Files = Readonly<Record<string, string>>;

export function pipelineOf(files: Files): Pipeline {
  const pipeline = new Pipeline(kinds, rules);
  for (const [path, text] of Object.entries(files)) pipeline.update(path, text);
  pipeline.refresh();
  const [failure] = pipeline.failures;
  if (failure !== undefined) throw failure.error;
  return pipeline;
}

/** Every finding of a set of files, file by file. */
export function lint(files: Files): Finding[] {
  const pipeline = pipelineOf(files);
  return Object.keys(files).flatMap((path) => pipeline.findingsOf(path));
}

/** The files with edits applied, last edit first. */
export function applyEdits(files: Files, edits: readonly Edit[]): Files {
  const result: Record<string, string> = { ...files };
  for (const path of new Set(edits.map(({ file }) => file))) {
    const text = files[path] ?? "";
    const lines = new Lines(text);
    const placed = edits
      .filter(({ file }) => file === path)
      .map(({ range, newText }) => ({ start: lines.offsetAt(range.start), end: lines.offsetAt(range.end), newText }))
      .sort((a, b) => b.start - a.start || b.end - a.end);
    result[path] = placed.reduce(
      (now, { start, end, newText }) => now.slice(0, start) + newText + now.slice(end),
      text,
    );
  }
  return result;
}

/** The text that a finding's range cuts out of its file. */
export function cut(files: Files, { file, range }: Pick<Finding, "file" | "range">): string {
  const text = files[file] ?? "";
  const lines = new Lines(text);
  return text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
}
