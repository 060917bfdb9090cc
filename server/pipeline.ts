import type { RuleSeverity, Settings } from "./config/settings.ts";
import type { Finding } from "./findings/finding.ts";
import type { RawFinding } from "./findings/raw-finding.ts";
import { Graph } from "./graph/graph.ts";
import { isOverwritten } from "./graph/patches.ts";
import { settingsFor, settingsKey } from "./graph/settings-for.ts";
import { type Change, Workspace } from "./graph/workspace.ts";
import type { Kind } from "./kinds/kind.ts";
import type { StackObject } from "./kinds/stack-object.ts";
import { emit } from "./rules/emit.ts";
import { type Rule, reporter } from "./rules/rule.ts";
import { Document } from "./text/document.ts";
import { type TextFile, withEmbedded } from "./text/file.ts";
import type { Span } from "./text/node.ts";

type Subject = StackObject | Document;

/** One rule on one subject: what it asked, and what it found. One that did neither is not kept. */
interface Check {
  readonly rule: Rule;
  readonly subject: Subject;
  asked: ReadonlySet<string>;
  found: readonly RawFinding[];
}

/** A rule that failed on an input; a mistake of ours, told and survived. */
export interface Failure {
  readonly rule: string;
  readonly file: string;
  readonly error: unknown;
}

/** How it is used, where that is not as in an editor. */
export interface Ways {
  /** They outrank every configuration. */
  readonly severities?: ReadonlyMap<string, RuleSeverity> | undefined;
  /** The files whose own objects are checked; all are known. */
  readonly judges?: ((path: string) => boolean) | undefined;
  /** Texts will change once findings were asked for; without that, what each check asked need not be kept, nor trees. */
  readonly edited?: boolean | undefined;
  /** Characters of text whose trees are in memory at a time, where texts do not change. */
  readonly mostHeld?: number | undefined;
}

/**
 * text -> documents -> objects and references -> findings.
 *
 * An edit goes the same way: one file is read again, the checks of its objects are new, and of all other checks those
 * run again that had asked for a name the edit touched.
 */
export class Pipeline {
  readonly workspace: Workspace;
  readonly failures: Failure[] = [];
  /** What was done so far, for tests that count work instead of timing it. */
  readonly counts = { documentsParsed: 0, checksRun: 0 };
  private readonly rules: readonly Rule[];
  private readonly severities: ReadonlyMap<string, RuleSeverity>;
  private readonly judges: (path: string) => boolean;
  /** Subjects whose checks never ran, with their rules. */
  private readonly waiting = new Map<Subject, readonly Rule[]>();
  private readonly checks = new Map<Subject, Check[]>();
  private readonly askers = new Map<string, Set<Check>>();
  private readonly mentions = new Map<string, Set<Check>>();
  private readonly stale = new Set<Check>();
  private readonly touched = new Set<string>();
  private readonly rulesOf: ReadonlyMap<string, readonly Rule[]>;
  private settings = new Map<string, Settings>();
  private readonly edited: boolean;
  /** Characters of text whose trees may be in memory, of the most that may. */
  private held = 0;
  private readonly mostHeld: number;
  private readonly unnoted: Graph;

  constructor(kinds: readonly Kind[], rules: readonly Rule[], ways: Ways = {}) {
    const { severities = new Map(), judges = () => true, edited = true, mostHeld = 128_000 } = ways;
    this.workspace = new Workspace(kinds, !edited);
    this.rules = rules;
    this.rulesOf = byReading(rules);
    this.severities = severities;
    this.judges = judges;
    this.edited = edited;
    this.mostHeld = mostHeld;
    this.unnoted = new Graph(this.workspace, false);
  }

  update(path: string, text: string): void {
    this.take(this.workspace.update(path, text));
    this.read(text);
  }

  remove(path: string): void {
    const change = this.workspace.remove(path);
    if (change !== undefined) this.take(change);
  }

  /** Brings the findings up to date. Returns the files whose findings may have changed. */
  refresh(): string[] {
    this.runAll();
    const touched = [...this.touched].sort();
    this.touched.clear();
    return touched;
  }

  /** Runs the checks of some files before those of all others. What they touched is told by the next `refresh`. */
  runFirst(paths: ReadonlySet<string>): void {
    this.runAll((subject) => paths.has(fileOf(subject).path));
  }

  /** Does as `refresh` and tells findings of the checks that it ran from others. */
  refreshed(): (finding: RawFinding) => boolean {
    const ran = this.runAll();
    const told = new Map<Span, Set<string>>();
    for (const { at, rule, message } of ran.flatMap(({ found }) => found)) {
      told.set(at, (told.get(at) ?? new Set()).add(`${rule} ${message}`));
    }
    return ({ at, rule, message }) => told.get(at)?.has(`${rule} ${message}`) ?? false;
  }

  /** The findings of one file, in reading order, or some of them. Ask after `refresh`. */
  findingsOf(
    path: string,
    isWanted: (finding: RawFinding) => boolean = () => true,
    noteUse?: (id: Span) => void,
  ): Finding[] {
    const file = this.workspace.files.get(path);
    if (file === undefined) return [];
    const found = [...(this.mentions.get(path) ?? [])].flatMap((check) =>
      check.found.filter(({ at }) => at.doc.file === file),
    );
    const settings = settingsFor(this.workspace, path);
    const severityOf = (rule: string) => this.severities.get(rule) ?? settings.severity(rule, path);
    return emit({ file, found, settings, rules: this.rules, severityOf, isWanted, noteUse });
  }

  private take(change: Change): void {
    this.counts.documentsParsed += change.documents.added.length;
    for (const doc of withEmbedded(change.documents.removed)) this.drop(doc);
    for (const object of change.removed) this.drop(object);
    for (const doc of withEmbedded(change.documents.added)) this.plan(doc, "documents");
    for (const object of change.added) this.plan(object, object.kind.id);
    if (change.keys.has(settingsKey)) this.settings.clear();
    for (const key of change.keys) for (const check of this.askers.get(key) ?? []) this.stale.add(check);
    const touched = change.keys.has(settingsKey) ? [...this.workspace.files.keys()] : [change.file.path];
    for (const path of touched) this.touch(path);
  }

  private plan(subject: Subject, reading: string): void {
    const rules = this.rulesOf.get(reading);
    if (rules === undefined || !this.judges(fileOf(subject).path)) return;
    this.waiting.set(subject, rules);
  }

  private drop(subject: Subject): void {
    this.waiting.delete(subject);
    for (const check of this.checks.get(subject) ?? []) {
      this.stale.delete(check);
      this.forget(check);
    }
    this.checks.delete(subject);
  }

  /** Where every check runs once, trees are let go in between: else all of them were held until the last one ran. */
  private read(text: string): void {
    if (this.edited) return;
    this.held += text.length;
    if (this.held <= this.mostHeld) return;
    this.held = text.length;
    this.workspace.letGo();
    this.settings = new Map();
  }

  /** Everything that is to be done, or that of some subjects, and the checks that it left. */
  private runAll(isMeant: (subject: Subject) => boolean = () => true): Check[] {
    const ran: Check[] = [];
    for (const check of this.stale) {
      if (!isMeant(check.subject)) continue;
      this.stale.delete(check);
      this.forget(check);
      const { asked, found } = this.answer(check.rule, check.subject);
      check.asked = asked;
      check.found = found;
      this.remember(check);
      ran.push(check);
    }
    for (const { rules, subjects } of batchesOf(this.waiting, isMeant)) {
      for (const subject of subjects) this.read(textOf(subject));
      for (const rule of rules) {
        for (const subject of subjects) {
          const { asked, found } = this.answer(rule, subject);
          if (asked.size === 0 && found.length === 0) continue;
          const check = { rule, subject, asked, found };
          this.remember(check);
          const known = this.checks.get(subject);
          if (known === undefined) this.checks.set(subject, [check]);
          else known.push(check);
          ran.push(check);
        }
      }
      for (const subject of subjects) this.waiting.delete(subject);
    }
    return ran;
  }

  private answer(rule: Rule, subject: Subject): Pick<Check, "asked" | "found"> {
    const graph = this.edited ? new Graph(this.workspace) : this.unnoted;
    const found: RawFinding[] = [];
    this.counts.checksRun++;
    try {
      this.ask(rule, subject, graph, found);
    } catch (error) {
      this.failures.push({ rule: rule.id, file: fileOf(subject).path, error });
    }
    const asked = this.edited ? graph.names() : nothing;
    if (found.length === 0 || rule.reads === "documents") return { asked, found };
    return { asked, found: found.filter((one) => one.at.doc.readable && !isOverwritten(graph, one)) };
  }

  private ask(rule: Rule, subject: Subject, graph: Graph, found: RawFinding[]): void {
    const run = rule.check as (context: object) => void;
    const report = reporter(rule, found);
    if (subject instanceof Document) run({ document: subject, report });
    // A patch is a part of an object; alone it says nothing.
    else if (!graph.layout.isPatch(subject.path)) {
      graph.note(settingsKey);
      run({ object: subject, graph, report, settings: this.settingsOf(subject.path) });
    }
  }

  private settingsOf(path: string): Settings {
    let settings = this.settings.get(path);
    if (settings === undefined) {
      settings = settingsFor(this.workspace, path);
      this.settings.set(path, settings);
    }
    return settings;
  }

  private remember(check: Check): void {
    for (const key of check.asked) addTo(this.askers, key, check);
    for (const path of pathsOf(check.found)) {
      addTo(this.mentions, path, check);
      this.touched.add(path);
    }
  }

  private forget(check: Check): void {
    for (const key of check.asked) removeFrom(this.askers, key, check);
    for (const path of pathsOf(check.found)) {
      removeFrom(this.mentions, path, check);
      this.touched.add(path);
    }
  }

  /** A file whose text moved moves the places that findings of other files point to. */
  private touch(path: string): void {
    this.touched.add(path);
    for (const check of this.mentions.get(path) ?? [])
      for (const other of pathsOf(check.found)) this.touched.add(other);
  }
}

const nothing: ReadonlySet<string> = new Set();

/** Subjects that a rule looks at before the next rule does: its own code is in the processor's cache by then, their trees still are. */
const batch = 64;

function textOf(subject: Subject): string {
  return subject instanceof Document ? subject.text : subject.doc.text;
}

function fileOf(subject: Subject): TextFile {
  return subject instanceof Document ? subject.file : subject.doc.file;
}

/** Subjects with the same rules. */
function batchesOf(
  waiting: ReadonlyMap<Subject, readonly Rule[]>,
  isMeant: (subject: Subject) => boolean,
): { readonly rules: readonly Rule[]; readonly subjects: readonly Subject[] }[] {
  const batches: { rules: readonly Rule[]; subjects: Subject[] }[] = [];
  const open = new Map<readonly Rule[], Subject[]>();
  for (const [subject, rules] of waiting) {
    if (!isMeant(subject)) continue;
    let subjects = open.get(rules);
    if (subjects === undefined || subjects.length === batch) {
      subjects = [];
      open.set(rules, subjects);
      batches.push({ rules, subjects });
    }
    subjects.push(subject);
  }
  return batches;
}

/** The rules by what they read: the id of a kind, or "documents". */
function byReading(rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> {
  const found = new Map<string, Rule[]>();
  for (const rule of rules) {
    const { reads } = rule;
    const readings = typeof reads === "string" ? [reads] : new Set(reads.map(({ id }) => id));
    for (const reading of readings) found.set(reading, [...(found.get(reading) ?? []), rule]);
  }
  return found;
}

/** Every file that findings name, as their place, a related place or the place of an edit. */
function pathsOf(found: readonly RawFinding[]): ReadonlySet<string> {
  if (found.length === 0) return nothing;
  const spans = found.flatMap(({ at, related, fixes }) => [
    at,
    ...related.map((place) => place.at),
    ...fixes.flatMap(({ edits }) => edits),
  ]);
  return new Set(spans.map(({ doc }) => doc.file.path));
}

function addTo(index: Map<string, Set<Check>>, key: string, check: Check): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, new Set([check]));
  else known.add(check);
}

function removeFrom(index: Map<string, Set<Check>>, key: string, check: Check): void {
  const known = index.get(key);
  known?.delete(check);
  if (known?.size === 0) index.delete(key);
}
