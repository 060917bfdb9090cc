import {
  Range,
  Selection,
  type TabInputText,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import type { WorkspaceEdit } from "vscode-languageclient/node";
import { writeValue } from "../../server/editor/preview/messages.ts";
import type { Place } from "../../server/forecast/picture.ts";
import type { LanguageServer } from "../language-server.ts";
import { asked } from "./asking.ts";

/** Selects a value where its file shows, else beside the page. The page keeps the keyboard, for the next line of its log. */
export async function selectPlace({ path, range }: Place, beside: WebviewPanel): Promise<void> {
  const uri = Uri.parse(path, true);
  const there = rangeOf(range);
  const viewColumn = columnOf(uri) ?? otherColumn(beside.viewColumn);
  const editor = await window.showTextDocument(uri, { viewColumn, preserveFocus: true, selection: there });
  editor.selection = new Selection(there.start, there.end);
  editor.revealRange(there, TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Puts another number in the place of one, as an edit that can be undone. */
export async function writeNumber(server: LanguageServer, { path, range }: Place, value: number): Promise<void> {
  const params = { uri: path, range, value };
  const edit = asked(await server.ask<WorkspaceEdit | null>(writeValue, params), "an edit");
  const applicable = edit === null ? undefined : await server.converter?.asWorkspaceEdit(edit);
  if (applicable === undefined) {
    window.showInformationMessage("That number cannot be written from here: its line is another one by now.");
    return;
  }
  await workspace.applyEdit(applicable);
}

function columnOf(uri: Uri): ViewColumn | undefined {
  const wanted = uri.toString();
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const tab = tabs.find(({ input }) => (input as TabInputText | undefined)?.uri?.toString() === wanted);
  return tab?.group.viewColumn;
}

function otherColumn(column: ViewColumn | undefined): ViewColumn {
  return column === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
}

function rangeOf({ start, end }: Place["range"]): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
