import type { Finding } from "../findings/finding.ts";
import type { Judge } from "../findings/fix-all.ts";
import type { RawFinding } from "../findings/raw-finding.ts";
import { dirname } from "../graph/paths.ts";
import type { Workspace } from "../graph/workspace.ts";
import { kinds } from "../kinds/registry.ts";
import { Pipeline } from "../pipeline.ts";
import type { Rule } from "../rules/rule.ts";
import type { TextFile } from "../text/file.ts";
import { type Report, reportOf } from "./diagnostics.ts";
import { detailsOf, type Log } from "./log.ts";
import { pathBelow, uriBelow } from "./uris.ts";

/** Tells which findings of a file another service shows. */
export type Leaving = (file: { uri: string; file: TextFile; workspace: Workspace }) => (finding: Finding) => boolean;

/** The files below one directory that are judged together. */
export class Folder {
  /** With a slash at the end. */
  readonly uri: string;
  private base: string | undefined;
  private partial = false;
  private readonly doubted = new Set<string>();
  private readonly log: Log;
  private readonly leaving: Leaving;
  private readonly pipeline: Pipeline;
  /**
   * While the files are being read, an open one is judged by the rules that look at nothing else: what it names may
   * only not have been read yet.
   */
  private early: Pipeline | undefined;
  private readonly reports = new Map<string, Report>();
  /** Every check ran once. Until then some that say something of a file may stand in another one. */
  private settled = false;
  /** Whether a suppression holds something back is not known before that. */
  private readonly isKnown: (finding: RawFinding) => boolean;

  constructor(uri: string, rules: readonly Rule[], log: Log, leaving: Leaving = () => () => false) {
    this.uri = uri;
    this.log = log;
    this.leaving = leaving;
    this.pipeline = new Pipeline(kinds, rules);
    const late = new Set(rules.filter(({ reads }) => reads === "suppressions").map(({ id }) => id));
    this.isKnown = ({ rule }) => !late.has(rule);
    this.early = new Pipeline(
      kinds,
      rules.filter(({ reads }) => reads === "documents"),
    );
  }

  /**
   * Paths are relative to the base: the folder, or the directory above that holds its configuration. `partial`: only
   * open documents will be given, so that nothing can be called missing.
   */
  begin(base: string, partial = false): void {
    this.base = base;
    this.partial = partial;
  }

  get begun(): boolean {
    return this.base !== undefined;
  }

  /** All files were given. From now on reports are complete. */
  complete(): void {
    this.early = undefined;
    this.reports.clear();
  }

  get completed(): boolean {
    return this.early === undefined;
  }

  /** Takes the text of a file; no text removes it. `soon`: it counts also while others are being read. */
  take(uri: string, text: string | undefined, soon: boolean): void {
    const path = this.pathOf(uri);
    if (path === undefined) return;
    if (this.partial) this.doubt(uri);
    for (const pipeline of soon && this.early !== undefined ? [this.early, this.pipeline] : [this.pipeline]) {
      try {
        if (text === undefined) pipeline.remove(path);
        else pipeline.update(path, text);
      } catch (error) {
        this.log.once(`read ${uri}`, `Headroom failed to read ${path}: ${detailsOf(error)}`);
      }
    }
  }

  /** There is a file that we do not know the text of. What its directory lacks may stand in it. */
  doubt(uri: string): void {
    const path = this.pathOf(uri);
    if (path === undefined || this.doubted.has(dirname(path))) return;
    this.doubted.add(dirname(path));
    this.pipeline.workspace.doubt(dirname(path));
  }

  /** Runs the checks of some files before those of all others. */
  runFirst(uris: readonly string[]): void {
    const paths = new Set(uris.flatMap((uri) => this.pathOf(uri) ?? []));
    this.current.runFirst(paths);
    for (const path of paths) this.reports.delete(path);
  }

  /** Brings the reports up to date. Returns the files whose report may have changed. */
  run(): string[] {
    const { current } = this;
    const touched = current.refresh();
    this.settled = this.completed;
    for (const { rule, file, error } of current.failures.splice(0)) {
      this.log.once(rule, `The rule ${rule} failed, first on ${file}. Other rules go on. ${detailsOf(error)}`);
    }
    for (const path of touched) this.reports.delete(path);
    return touched.map((path) => this.uriOf(path));
  }

  /** Absent for a file that is not known here. */
  reportOf(uri: string): Report | undefined {
    const path = this.pathOf(uri);
    const { workspace } = this.current;
    const file = path === undefined ? undefined : workspace.files.get(path);
    if (path === undefined || file === undefined) return undefined;
    let report = this.reports.get(path);
    if (report === undefined) {
      report = reportOf(this.findingsOf(path), (of) => this.uriOf(of), this.leaving({ uri, file, workspace }));
      this.reports.set(path, report);
    }
    return report;
  }

  /** Another service shows other findings of these files than before. */
  retell(uris: readonly string[]): void {
    for (const uri of uris) this.reports.delete(this.pathOf(uri) ?? "");
  }

  textFile(uri: string): TextFile | undefined {
    const path = this.pathOf(uri);
    return path === undefined ? undefined : this.current.workspace.files.get(path);
  }

  /** All that was read so far. */
  get workspace(): Workspace {
    return this.pipeline.workspace;
  }

  uris(): string[] {
    return [...this.pipeline.workspace.files.keys()].map((path) => this.uriOf(path));
  }

  holds(uri: string): boolean {
    return uri.startsWith(this.uri) || (this.base !== undefined && this.textFile(uri) !== undefined);
  }

  /**
   * Lets a task ask what would be found if a file had other texts. Everything is as before when it returns: an edit
   * and its undoing cost less than a copy of all files.
   */
  tryOut<Result>(uri: string, task: (judge: Judge) => Result): Result | undefined {
    const file = this.textFile(uri);
    if (file === undefined || !this.settled) return undefined;
    const { path, text } = file;
    try {
      return task((other) => {
        this.pipeline.update(path, other);
        this.pipeline.refresh();
        return { file, findings: this.pipeline.findingsOf(path) };
      });
    } finally {
      this.pipeline.update(path, text);
      this.run();
    }
  }

  private findingsOf(path: string): readonly Finding[] {
    try {
      return this.current.findingsOf(path, this.settled ? undefined : this.isKnown);
    } catch (error) {
      this.log.once(`tell ${path}`, `Headroom failed to tell what it found in ${path}: ${detailsOf(error)}`);
      return [];
    }
  }

  private get current(): Pipeline {
    return this.early ?? this.pipeline;
  }

  pathOf(uri: string): string | undefined {
    return this.base === undefined ? undefined : pathBelow(this.base, uri);
  }

  uriOf(path: string): string {
    return uriBelow(this.base ?? this.uri, path);
  }
}
