import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver/node";
import type { TextFile } from "../text/file.ts";
import { Lines, type Position, type Range } from "../text/lines.ts";
import type { Buffers } from "./buffers.ts";
import type { DiagnosticData, HeadroomDiagnostic, PlacedEdit } from "./diagnostics.ts";
import { difference, fixAll, type Judge } from "./fix-all.ts";
import { suppress } from "./suppress.ts";
import { workspaceEdit } from "./workspace-edit.ts";

export const fixAllKind = `${CodeActionKind.SourceFixAll}.headroom`;
export const openDocumentation = "headroom.openDocumentation";

/** A document as its code actions see it. */
export interface Subject {
  readonly uri: string;
  readonly file: TextFile;
  readonly diagnostics: readonly HeadroomDiagnostic[];
  readonly tryOut: (task: (judge: Judge) => string) => string | undefined;
}

export interface Abilities {
  readonly documentChanges: boolean;
  readonly showDocument: boolean;
}

/** What can be done at a place. Fixing all is looked into only when asked for: it runs the rules again. */
export function codeActions(
  subject: Subject,
  params: CodeActionParams,
  buffers: Buffers,
  abilities: Abilities,
): CodeAction[] {
  const { only } = params.context;
  const edit = (edits: readonly PlacedEdit[]) => workspaceEdit(edits, buffers, abilities.documentChanges);
  const actions: CodeAction[] = [];
  if (wants(only, CodeActionKind.QuickFix)) {
    const here = subject.diagnostics.filter(({ range }) => touches(range, params.range));
    for (const diagnostic of here) {
      const { data } = diagnostic;
      if (data === undefined) continue;
      for (const { title, edits, preferred } of fixesOf(data)) {
        actions.push({
          title,
          kind: CodeActionKind.QuickFix,
          diagnostics: [diagnostic],
          isPreferred: preferred,
          edit: edit(edits),
        });
      }
    }
    for (const diagnostic of eachOnce(here)) actions.push(...aboutTheRule(diagnostic, subject, edit, abilities));
  }
  if (only !== undefined && wants(only, fixAllKind)) {
    const edits = allFixes(subject);
    if (edits !== undefined)
      actions.push({ title: "Fix all Headroom problems in this file", kind: fixAllKind, edit: edit(edits) });
  }
  return actions;
}

/** Whether a client that asks for `source` wants `source.fixAll.headroom`. */
function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((asked) => asked === "" || kind === asked || kind.startsWith(`${asked}.`));
}

function fixesOf({ fixes }: DiagnosticData) {
  return fixes.map(({ title, safe, edits }) => ({ title, edits, preferred: safe && fixes.length === 1 }));
}

function aboutTheRule(
  diagnostic: HeadroomDiagnostic,
  { file, uri }: Subject,
  edit: (edits: readonly PlacedEdit[]) => NonNullable<CodeAction["edit"]>,
  { showDocument }: Abilities,
): CodeAction[] {
  const rule = diagnostic.data?.rule;
  if (rule === undefined) return [];
  const actions: CodeAction[] = [];
  const comment = rule.startsWith("suppression/") ? undefined : suppress(file, diagnostic.range.start.line, rule);
  const shared = { kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
  if (comment !== undefined)
    actions.push({ ...shared, title: `Suppress ${rule} for this line`, edit: edit([{ ...comment, uri }]) });
  if (showDocument) {
    const title = `Open the documentation of ${rule}`;
    actions.push({ ...shared, title, command: { title, command: openDocumentation, arguments: [rule] } });
  }
  return actions;
}

/** One of several findings of a rule on a line is enough to suppress them. */
function eachOnce(diagnostics: readonly HeadroomDiagnostic[]): HeadroomDiagnostic[] {
  const keyOf = ({ data, range }: HeadroomDiagnostic) => `${data?.rule} ${range.start.line}`;
  return [...new Map(diagnostics.map((diagnostic) => [keyOf(diagnostic), diagnostic])).values()];
}

function allFixes({ uri, file, diagnostics, tryOut }: Subject): PlacedEdit[] | undefined {
  if (!diagnostics.some(({ data }) => data?.fixes.some(({ safe }) => safe))) return undefined;
  const { text } = file;
  const change = difference(text, tryOut((judge) => fixAll(text, judge)) ?? text);
  if (change === undefined) return undefined;
  const lines = new Lines(text);
  const range = { start: lines.positionAt(change.start), end: lines.positionAt(change.end) };
  return [{ uri, range, newText: change.newText }];
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
