import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver/node";
import { difference, fixAll, type Judge } from "../findings/fix-all.ts";
import type { TextFile } from "../text/file.ts";
import { Lines, type Position, type Range } from "../text/lines.ts";
import type { Buffers } from "./buffers.ts";
import type { HeadroomDiagnostic, PlacedEdit } from "./diagnostics.ts";
import { fixAllKind, openDocumentation } from "./names.ts";
import { suppress } from "./suppress.ts";
import { workspaceEdit } from "./workspace-edit.ts";

/** A document as its code actions see it. */
export interface Subject {
  readonly uri: string;
  readonly file: TextFile;
  readonly diagnostics: readonly HeadroomDiagnostic[];
  /** Shown by another service: they are mended here, but cannot be suppressed. */
  readonly left: readonly HeadroomDiagnostic[];
  readonly tryOut: (task: (judge: Judge) => string) => string | undefined;
}

export interface Abilities {
  readonly documentChanges: boolean;
  readonly showDocument: boolean;
}

/** An action before its edits are written as the client takes them. */
type Draft = Omit<CodeAction, "edit"> & { readonly edits?: readonly PlacedEdit[] };

/** What can be done at a place. Fixing all is looked into only when asked for: it runs the rules again. */
export function codeActions(
  subject: Subject,
  params: CodeActionParams,
  buffers: Buffers,
  abilities: Abilities,
): CodeAction[] {
  const { only } = params.context;
  const isHere = ({ range }: HeadroomDiagnostic) => touches(range, params.range);
  const here = subject.diagnostics.filter(isHere);
  const drafts = [
    ...(wants(only, CodeActionKind.QuickFix)
      ? [...subject.left.filter(isHere).flatMap(fixes), ...quickFixes(here, subject, abilities)]
      : []),
    ...(only !== undefined && wants(only, fixAllKind) ? allFixes(subject) : []),
  ];
  return drafts.map(({ edits, ...action }) => ({
    ...action,
    ...(edits !== undefined && { edit: workspaceEdit(edits, buffers, abilities.documentChanges) }),
  }));
}

/** Whether a client that asks for `source` wants `source.fixAll.headroom`. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((asked) => asked === "" || kind === asked || kind.startsWith(`${asked}.`));
}

/** First what mends, then what silences, then what explains. */
function quickFixes(diagnostics: readonly HeadroomDiagnostic[], subject: Subject, abilities: Abilities): Draft[] {
  const rules = eachRuleOnce(diagnostics);
  return [
    ...diagnostics.flatMap(fixes),
    ...rules.flatMap((diagnostic) => suppression(diagnostic, subject)),
    ...(abilities.showDocument ? rules.flatMap(documentation) : []),
  ];
}

function fixes(diagnostic: HeadroomDiagnostic): Draft[] {
  const found = diagnostic.data?.fixes ?? [];
  return found.map(({ title, safe, edits }) => ({
    ...about(diagnostic),
    title,
    isPreferred: safe && found.length === 1,
    edits,
  }));
}

function suppression(diagnostic: HeadroomDiagnostic, { file, uri }: Subject): Draft[] {
  const rule = diagnostic.data?.rule;
  // What is said of suppressions cannot be suppressed.
  if (rule === undefined || rule.startsWith("suppression/")) return [];
  const comment = suppress(file, diagnostic.range.start.line, rule);
  if (comment === undefined) return [];
  return [{ ...about(diagnostic), title: `Suppress ${rule} for this line`, edits: [{ ...comment, uri }] }];
}

function documentation(diagnostic: HeadroomDiagnostic): Draft[] {
  const rule = diagnostic.data?.rule;
  if (rule === undefined) return [];
  const title = `Open the documentation of ${rule}`;
  return [{ ...about(diagnostic), title, command: { title, command: openDocumentation, arguments: [rule] } }];
}

function allFixes({ uri, file, diagnostics, left, tryOut }: Subject): Draft[] {
  if (![...diagnostics, ...left].some(({ data }) => data?.fixes.some(({ safe }) => safe))) return [];
  const { text } = file;
  const change = difference(text, tryOut((judge) => fixAll(text, judge)) ?? text);
  if (change === undefined) return [];
  const lines = new Lines(text);
  const range = { start: lines.positionAt(change.start), end: lines.positionAt(change.end) };
  const edits = [{ uri, range, newText: change.newText }];
  return [{ title: "Fix all Headroom problems in this file", kind: fixAllKind, edits }];
}

function about(diagnostic: HeadroomDiagnostic): Pick<CodeAction, "kind" | "diagnostics"> {
  return { kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
}

/** One of several findings of a rule on a line is enough to speak of the rule there. */
function eachRuleOnce(diagnostics: readonly HeadroomDiagnostic[]): HeadroomDiagnostic[] {
  const keyOf = ({ data, range }: HeadroomDiagnostic) => `${data?.rule} ${range.start.line}`;
  return [...new Map(diagnostics.map((diagnostic) => [keyOf(diagnostic), diagnostic])).values()];
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
