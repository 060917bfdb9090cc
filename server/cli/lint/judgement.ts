import { createHash } from "node:crypto";
import { resolve } from "node:path";
import type { RuleSeverity } from "../../config/settings.ts";
import type { Finding } from "../../findings/finding.ts";
import { fingerprints } from "../../findings/fingerprint.ts";
import { fixAll } from "../../findings/fix-all.ts";
import type { RawFinding } from "../../findings/raw-finding.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import { kinds } from "../../kinds/registry.ts";
import { Pipeline } from "../../pipeline.ts";
import type { Rule } from "../../rules/rule.ts";
import { limit } from "../../rules/yaml/limit.ts";
import type { Document } from "../../text/document.ts";
import { Lines } from "../../text/lines.ts";
import type { InputFile, InputProblem } from "../inputs/input.ts";
import { foreign, type Part } from "../shard/part.ts";
import { Base } from "./base.ts";
import type { Checked, CheckedFile, Failure, Place } from "./checked.ts";

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
  /** What the command line makes of rules. */
  readonly severities?: ReadonlyMap<string, RuleSeverity> | undefined;
  /** Only what changed and what that affects is told: what files were before, by their absolute paths. */
  readonly before?: ReadonlyMap<string, string | undefined> | undefined;
  /** Only the objects of these files are checked. */
  readonly part?: Part | undefined;
  /** Whether files will be taken anew. Absent: they may be. */
  readonly edited?: boolean | undefined;
}

/** Rules of one file may bring along work for those of another: more rounds than that are suspicious. */
const mostRounds = 10;

/** The files that were named, read and judged together. */
export class Judgement {
  readonly pipeline: Pipeline;
  readonly base: Base;
  private readonly request: CheckRequest;
  private readonly files: Map<string, InputFile>;
  private readonly failures: Failure[] = [];
  private readonly foreign: ReadonlySet<string>;
  private readonly used: Place[] = [];
  private isWanted: (finding: RawFinding) => boolean = () => true;

  constructor(request: CheckRequest) {
    const { cwd, root, files, configs, partial, rules, severities, before } = request;
    const all = [...configs, ...files];
    this.request = request;
    this.files = new Map(files.map((file) => [file.absolute, file]));
    const places = [...all.map(({ absolute }) => absolute), ...(before?.keys() ?? [])];
    this.base = new Base(cwd, root, places);
    const others = new Set(
      request.part === undefined ? [] : foreign(files, request.part).map(({ absolute }) => absolute),
    );
    this.foreign = others;
    const othersPaths = new Set([...others].map((absolute) => this.base.pathOf(absolute)));
    this.pipeline = new Pipeline(kinds, rules, {
      severities,
      judges: (path) => !othersPaths.has(path),
      edited: request.edited ?? true,
    });
    for (const directory of partial) this.pipeline.workspace.doubt(this.base.pathOf(directory));
    if (before !== undefined) this.isWanted = this.change(all, before);
    else for (const file of all) this.read(file);
    this.pipeline.refresh();
  }

  /** Reads everything as it was, and then the change, so that exactly the checks that it affects run again. */
  private change(
    all: readonly InputFile[],
    before: ReadonlyMap<string, string | undefined>,
  ): (finding: RawFinding) => boolean {
    const there = new Set(all.map(({ absolute }) => absolute));
    const removed = [...before.keys()].filter((absolute) => !there.has(absolute));
    for (const absolute of removed) this.readBefore(absolute, before);
    for (const file of all) {
      if (before.has(file.absolute)) this.readBefore(file.absolute, before);
      else this.read(file);
    }
    this.pipeline.refresh();
    const { files } = this.pipeline.workspace;
    const documentsOf = (file: InputFile) => files.get(this.pathOf(file))?.documents ?? [];
    const changed = all.filter(({ absolute }) => before.has(absolute));
    const old = new Set(changed.flatMap(documentsOf));
    for (const file of changed) this.read(file);
    for (const absolute of removed) this.pipeline.remove(this.base.pathOf(absolute));
    const fresh = new Set(changed.flatMap(documentsOf).filter((doc) => !old.has(doc)));
    const isAffected = this.pipeline.refreshed();
    return (finding) => fresh.has(outermost(finding.at.doc)) || isAffected(finding);
  }

  private readBefore(absolute: string, before: ReadonlyMap<string, string | undefined>): void {
    const text = before.get(absolute);
    if (text !== undefined) this.read({ path: this.base.nameOf(this.base.pathOf(absolute)), absolute, text });
  }

  /** Those that no configuration tells us to ignore. */
  get wanted(): InputFile[] {
    return [...this.files.values()].filter((file) => !isIgnored(this.pipeline, this.pathOf(file)));
  }

  /** Takes the text that a file has now. */
  take(file: InputFile): void {
    this.files.set(file.absolute, file);
    this.read(file);
    this.pipeline.refresh();
  }

  /** The files that safe fixes change, with the texts that they become. From then on those are judged. */
  fix(mayFix: (file: InputFile) => boolean): InputFile[] {
    const fixed = new Map<string, InputFile>();
    const wanted = this.wanted.filter(mayFix);
    for (let round = 0; round < mostRounds; round++) {
      const changed = wanted
        .map(({ absolute }) => this.files.get(absolute) as InputFile)
        .flatMap((file) => this.fixedOnce(file) ?? []);
      for (const file of changed) fixed.set(file.absolute, file);
      if (changed.length === 0) break;
    }
    return wanted.flatMap(({ absolute, text }) => {
      const file = fixed.get(absolute);
      return file === undefined || file.text === text ? [] : [file];
    });
  }

  checked(): Checked {
    const { cwd, configs } = this.request;
    const failures = [...this.failures];
    const { wanted } = this;
    const checked = wanted.map((file) => this.checkedFile(file, failures));
    const broken = configs.filter((file) => !isReadable(this.pipeline, this.pathOf(file)));
    for (const { rule, file, error } of this.pipeline.failures) {
      failures.push({ what: `rule ${rule}`, file: this.base.nameOf(file), error });
    }
    return {
      files: checked,
      ignored: this.files.size - wanted.length,
      problems: [...broken.map(brokenConfig), ...checked.flatMap(beyondLimits)],
      failures,
      fromRoot: (name) => this.base.fromRoot(resolve(cwd, name)),
      used: this.used,
    };
  }

  private foreignFindings(file: InputFile): readonly Finding[] {
    const { pipeline } = this;
    const path = this.pathOf(file);
    const found = pipeline.findingsOf(
      path,
      (finding) => !aboutSuppressions(finding) && this.isWanted(finding),
      (id) => {
        const { start } = id.doc.file.rangeOf(id);
        this.used.push({ file: file.path, line: start.line, character: start.character });
      },
    );
    return found;
  }

  private pathOf({ absolute }: InputFile): string {
    return this.base.pathOf(absolute);
  }

  private read(file: InputFile): void {
    surviving(file, this.failures, () => this.pipeline.update(this.pathOf(file), file.text));
  }

  private fixedOnce(file: InputFile): InputFile | undefined {
    const path = this.pathOf(file);
    const textFile = this.pipeline.workspace.files.get(path);
    const found = surviving(file, this.failures, () => this.pipeline.findingsOf(path)) ?? [];
    if (textFile === undefined || !found.some(({ fixes }) => fixes.some(({ safe }) => safe))) return undefined;
    const text = surviving(file, this.failures, () =>
      fixAll(file.text, (other) => {
        this.pipeline.update(path, other);
        this.pipeline.refresh();
        return { file: textFile, findings: this.pipeline.findingsOf(path) };
      }),
    );
    const next = { ...file, text: text ?? file.text };
    this.take(next);
    return next.text === file.text ? undefined : next;
  }

  private checkedFile(file: InputFile, failures: Failure[]): CheckedFile {
    const path = this.pathOf(file);
    const isForeign = this.foreign.has(file.absolute);
    const findings =
      surviving(file, failures, () =>
        isForeign ? this.foreignFindings(file) : this.pipeline.findingsOf(path, this.isWanted),
      ) ?? [];
    const lines = new Lines(file.shown ?? file.text);
    const names = fingerprints({ file: this.base.fromRoot(file.absolute), lines, findings }, shortHash);
    return {
      name: file.path,
      lines,
      documents: isForeign ? 0 : documentsIn(this.pipeline, path).length,
      ...(isForeign && { foreign: true as const }),
      findings: findings.map((finding, index) => ({
        ...this.base.named(file.shown === undefined ? finding : { ...finding, fixes: [] }),
        fingerprint: names[index] ?? "",
      })),
    };
  }
}

/** What checks of this part found in a file of another one, which speaks of the suppressions in it. */
function aboutSuppressions({ rule }: RawFinding): boolean {
  return rule.startsWith("suppression/");
}

function outermost(doc: Document): Document {
  return doc.carrier === undefined ? doc : outermost(doc.carrier.node.doc);
}

/** 128 bits: as many as tell apart all findings that there will ever be. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
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
  return (workspace.files.get(path)?.documents ?? []).filter(({ isBlank }) => !isBlank);
}

function brokenConfig({ path }: InputFile): InputProblem {
  return { path, reason: `Its settings do not count, because it is not valid. See headroom lint ${path}` };
}

/** The part of a file that is larger than what we read. */
export function beyondLimits({ findings }: CheckedFile): InputProblem[] {
  return findings
    .filter(({ rule }) => rule === limit.id)
    .map(({ file, range, message }) => ({ path: file, reason: `Line ${range.start.line + 1}: ${message}` }));
}
