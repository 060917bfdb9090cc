import type { RuleSeverity, Settings } from "../config/settings.ts";
import type { Finding } from "../findings/finding.ts";
import { locate } from "../findings/locate.ts";
import type { RawFinding } from "../findings/raw-finding.ts";
import { contains, type Suppression, suppressedLine, suppressionsOf } from "../findings/suppression.ts";
import type { TextFile } from "../text/file.ts";
import type { Span } from "../text/node.ts";
import { docsOf, type Rule, reporter } from "./rule.ts";

/** What is made of a rule; absent when it is left as it is. */
export type SeverityOf = (rule: string) => RuleSeverity | undefined;

/** What was found in one file, on its way out: configured, suppressed where the file says so, located and in order. */
export function emit(input: {
  readonly file: TextFile;
  readonly found: readonly RawFinding[];
  readonly settings: Settings;
  readonly rules: readonly Rule[];
  readonly severityOf: SeverityOf;
  /** Others are known of and not told. */
  readonly isWanted: (finding: RawFinding) => boolean;
  /** Hears of each rule id in a suppression that held something back. */
  readonly noteUse?: ((id: Span) => void) | undefined;
}): Finding[] {
  const { file, settings, rules, severityOf, isWanted, noteUse } = input;
  if (settings.ignores(file.path)) return [];
  const suppressions = file.allDocuments().flatMap(suppressionsOf);
  const used = new Set<string>();
  const kept = configured(input.found, severityOf).filter((finding) => {
    const holding = suppressions.filter((suppression) => holdsBack(suppression, finding));
    for (const suppression of holding) used.add(useOf(suppression, finding.rule));
    return holding.length === 0;
  });
  if (noteUse !== undefined) {
    const ids = suppressions.flatMap((one) => one.rules.filter(({ id }) => used.has(useOf(one, id))));
    for (const { at } of ids) noteUse(at);
  }
  const said = configured(aboutSuppressions(suppressions, used, rules), severityOf);
  const wanted = [...kept, ...said].filter(isWanted);
  return inOrder(wanted.map((finding) => locate(finding, docsOf(finding.rule))));
}

function configured(found: readonly RawFinding[], severityOf: SeverityOf): RawFinding[] {
  return found.flatMap((finding) => {
    const severity = severityOf(finding.rule) ?? finding.severity;
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
}

function holdsBack(suppression: Suppression, { rule, at }: RawFinding): boolean {
  if (!suppression.rules.some(({ id }) => id === rule)) return false;
  if (suppression.scope === "document") return contains(suppression.doc, at.doc);
  return at.doc.file.rangeOf(at).start.line === suppressedLine(suppression);
}

function useOf(suppression: Suppression, rule: string): string {
  return `${suppression.doc.inFile(suppression.start)} ${rule}`;
}

function aboutSuppressions(
  suppressions: readonly Suppression[],
  used: ReadonlySet<string>,
  rules: readonly Rule[],
): RawFinding[] {
  const said: RawFinding[] = [];
  const knownRules = rules.map(({ id }) => id);
  for (const suppression of suppressions) {
    if (!suppression.doc.readable) continue;
    const unused = suppression.rules.filter(({ id }) => !used.has(useOf(suppression, id)));
    for (const rule of rules) {
      if (rule.reads !== "suppressions") continue;
      (rule.check as (context: object) => void)({ suppression, unused, knownRules, report: reporter(rule, said) });
    }
  }
  return said;
}

/** The findings of one file in reading order, each once. */
export function inOrder<F extends Finding>(findings: readonly F[]): F[] {
  const seen = new Set<string>();
  return findings
    .filter((finding) => {
      const key = `${keyOf(finding)} ${finding.message}`;
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => compare(a, b));
}

function keyOf({ rule, range }: Finding): string {
  return `${rule} ${range.start.line}:${range.start.character}-${range.end.line}:${range.end.character}`;
}

function compare(a: Finding, b: Finding): number {
  const line = a.range.start.line - b.range.start.line;
  if (line !== 0) return line;
  const character = a.range.start.character - b.range.start.character;
  if (character !== 0) return character;
  return a.rule === b.rule ? (a.message < b.message ? -1 : 1) : a.rule < b.rule ? -1 : 1;
}
