import { settingsFor } from "../../graph/settings-for.ts";
import { kinds } from "../../kinds/registry.ts";
import { Pipeline } from "../../pipeline.ts";
import type { Rule } from "../../rules/rule.ts";
import { limit } from "../../rules/yaml/limit.ts";
import type { Document } from "../../text/document.ts";
import { Lines } from "../../text/lines.ts";
import type { InputFile, InputProblem } from "../inputs/input.ts";
import { Base } from "./base.ts";
import type { Checked, CheckedFile, Failure } from "./checked.ts";

export interface CheckRequest {
  readonly cwd: string;
  /** Of the repository, so that what a path says of its environment is the same from every directory in it. */
  readonly root: string;
  readonly files: readonly InputFile[];
  /** Configurations that the files are judged by and that were not named themselves. */
  readonly configs: readonly InputFile[];
  /** Directories of which only some files are here. */
  readonly partial: readonly string[];
  readonly rules: readonly Rule[];
}

export function check({ cwd, root, files, configs, partial, rules }: CheckRequest): Checked {
  const all = [...configs, ...files];
  const places = all.map(({ absolute }) => absolute);
  const base = new Base(cwd, root, places);
  const pipeline = new Pipeline(kinds, rules, { edited: false });
  for (const directory of partial) pipeline.workspace.doubt(base.pathOf(directory));
  const failures: Failure[] = [];
  for (const file of all) surviving(file, failures, () => pipeline.update(base.pathOf(file.absolute), file.text));
  pipeline.refresh();
  const wanted = files.filter((file) => !isIgnored(pipeline, base.pathOf(file.absolute)));
  const checked = wanted.map((file) => checkedFile(file, pipeline, base, failures));
  const broken = configs.filter(({ absolute }) => !isReadable(pipeline, base.pathOf(absolute)));
  for (const { rule, file, error } of pipeline.failures) {
    failures.push({ what: `rule ${rule}`, file: base.nameOf(file), error });
  }
  return {
    files: checked,
    ignored: files.length - wanted.length,
    problems: [...broken.map(brokenConfig), ...checked.flatMap(beyondLimits)],
    failures,
  };
}

function checkedFile(file: InputFile, pipeline: Pipeline, base: Base, failures: Failure[]): CheckedFile {
  const path = base.pathOf(file.absolute);
  const findings = surviving(file, failures, () => pipeline.findingsOf(path)) ?? [];
  return {
    name: file.path,
    lines: new Lines(file.text),
    documents: documentsIn(pipeline, path).length,
    findings: findings.map((finding) => base.named(finding)),
  };
}

/** One file that we fail on must not hide the others. */
function surviving<Result>(file: InputFile, failures: Failure[], work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    failures.push({ what: "headroom", file: file.path, error });
    return undefined;
  }
}

function isIgnored({ workspace }: Pipeline, path: string): boolean {
  return settingsFor(workspace, path).ignores(path);
}

function isReadable(pipeline: Pipeline, path: string): boolean {
  return documentsIn(pipeline, path).every(({ readable }) => readable);
}

/** Those that say something: not what stands between two markers, or comments alone. */
function documentsIn({ workspace }: Pipeline, path: string): Document[] {
  return (workspace.files.get(path)?.documents ?? []).filter(
    ({ root, problems, template }) => root !== undefined || problems.length > 0 || template !== undefined,
  );
}

function brokenConfig({ path }: InputFile): InputProblem {
  return { path, reason: `Its settings do not count, because it is not valid. See headroom lint ${path}` };
}

/** The part of a file that is larger than what we read. */
function beyondLimits({ findings }: CheckedFile): InputProblem[] {
  return findings
    .filter(({ rule }) => rule === limit.id)
    .map(({ file, range, message }) => ({ path: file, reason: `Line ${range.start.line + 1}: ${message}` }));
}
