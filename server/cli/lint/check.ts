import type { Finding } from "../../findings/finding.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import { kinds } from "../../kinds/registry.ts";
import { Pipeline } from "../../pipeline.ts";
import type { Rule } from "../../rules/rule.ts";
import { limit } from "../../rules/yaml/limit.ts";
import type { Document } from "../../text/document.ts";
import { Lines } from "../../text/lines.ts";
import type { InputFile, InputProblem } from "../inputs/input.ts";
import { Base } from "./base.ts";

/** What there is to say about the files that were named. */
export interface Checked {
  /** Without those that a configuration tells us to ignore. */
  readonly files: readonly CheckedFile[];
  readonly documents: number;
  readonly ignored: number;
  readonly problems: readonly InputProblem[];
  /** Mistakes of ours. */
  readonly failures: readonly { readonly what: string; readonly file: string; readonly error: unknown }[];
}

export interface CheckedFile {
  readonly name: string;
  readonly lines: Lines;
  readonly findings: readonly Finding[];
}

export interface CheckRequest {
  readonly cwd: string;
  readonly files: readonly InputFile[];
  /** Configurations that the files are judged by and that were not named themselves. */
  readonly configs: readonly InputFile[];
  readonly problems: readonly InputProblem[];
  readonly rules: readonly Rule[];
}

export function check({ cwd, files, configs, problems, rules }: CheckRequest): Checked {
  const all = [...configs, ...files];
  const base = new Base(
    cwd,
    all.map(({ absolute }) => absolute),
  );
  const pipeline = new Pipeline(kinds, rules);
  const failures: Checked["failures"][number][] = [];
  /** One file that we fail on must not hide the others. */
  const guarded = <Result>(file: InputFile, work: (path: string) => Result): Result | undefined => {
    try {
      return work(base.pathOf(file.absolute));
    } catch (error) {
      failures.push({ what: "headroom", file: file.path, error });
      return undefined;
    }
  };
  for (const file of all) guarded(file, (path) => pipeline.update(path, file.text));
  pipeline.refresh();
  const wanted = files.filter(({ absolute }) => {
    const path = base.pathOf(absolute);
    return !settingsFor(pipeline.workspace, path).ignores(path);
  });
  const checked = wanted.map((file) => ({
    name: file.path,
    lines: new Lines(file.text),
    findings: guarded(file, (path) => pipeline.findingsOf(path).map((finding) => named(finding, base))) ?? [],
  }));
  return {
    files: checked,
    documents: wanted.reduce((sum, file) => sum + documentsIn(pipeline, base.pathOf(file.absolute)).length, 0),
    ignored: files.length - wanted.length,
    problems: [
      ...problems,
      ...configs.filter((config) => !readable(pipeline, base.pathOf(config.absolute))).map(brokenConfig),
      ...checked.flatMap(beyondLimits),
    ],
    failures: [
      ...failures,
      ...pipeline.failures.map(({ rule, file, error }) => ({ what: `rule ${rule}`, file: base.nameOf(file), error })),
    ],
  };
}

/** A finding with the names that people know its files by. */
function named(finding: Finding, base: Base): Finding {
  const name = <Place extends { readonly file: string }>(place: Place): Place => ({
    ...place,
    file: base.nameOf(place.file),
  });
  return {
    ...name(finding),
    related: finding.related.map(name),
    fixes: finding.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(name) })),
  };
}

/** Those that say something: not what stands between two markers, or comments alone. */
function documentsIn(pipeline: Pipeline, path: string): Document[] {
  return (pipeline.workspace.files.get(path)?.documents ?? []).filter(
    ({ root, problems, template }) => root !== undefined || problems.length > 0 || template !== undefined,
  );
}

function readable(pipeline: Pipeline, path: string): boolean {
  return documentsIn(pipeline, path).every((document) => document.readable);
}

function brokenConfig({ path }: InputFile): InputProblem {
  return { path, reason: `Its settings do not count, because it is not valid. Check it: headroom lint ${path}` };
}

/** The part of a file that is larger than what we read. */
function beyondLimits({ findings }: CheckedFile): InputProblem[] {
  return findings
    .filter(({ rule }) => rule === limit.id)
    .map(({ file, range, message }) => ({
      path: `${file}:${range.start.line + 1}:${range.start.character + 1}`,
      reason: message,
    }));
}
