import {
  CodeActionKind,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { name, version } from "../../package.json";
import { fixAllKind, openDocumentation, source } from "./names.ts";
import { fieldAt } from "./wire.ts";

/** What a client can do, as far as it makes a difference to us. */
export interface Client {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly registersWatchers: boolean;
  readonly registersSettings: boolean;
  readonly answersSettings: boolean;
  readonly announcesFolders: boolean;
  readonly documentChanges: boolean;
  readonly showDocument: boolean;
  readonly definitionLinks: boolean;
  readonly symbolTrees: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
}

export function clientOf({ capabilities }: InitializeParams): Client {
  const has = (...path: string[]) => fieldAt(capabilities, ...path) === true;
  return {
    pullsDiagnostics: (fieldAt(capabilities, "textDocument", "diagnostic") ?? undefined) !== undefined,
    refreshesDiagnostics: has("workspace", "diagnostics", "refreshSupport"),
    registersWatchers: has("workspace", "didChangeWatchedFiles", "dynamicRegistration"),
    registersSettings: has("workspace", "didChangeConfiguration", "dynamicRegistration"),
    answersSettings: has("workspace", "configuration"),
    announcesFolders: has("workspace", "workspaceFolders"),
    documentChanges: has("workspace", "workspaceEdit", "documentChanges"),
    showDocument: has("window", "showDocument", "support"),
    definitionLinks: has("textDocument", "definition", "linkSupport"),
    symbolTrees: has("textDocument", "documentSymbol", "hierarchicalDocumentSymbolSupport"),
    refreshesLenses: has("workspace", "codeLens", "refreshSupport"),
    refreshesHints: has("workspace", "inlayHint", "refreshSupport"),
  };
}

export function answerTo(client: Client): InitializeResult {
  return {
    serverInfo: { name, version },
    capabilities: {
      positionEncoding: "utf-16",
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
      completionProvider: {},
      hoverProvider: true,
      foldingRangeProvider: true,
      selectionRangeProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      renameProvider: { prepareProvider: true },
      documentLinkProvider: {},
      documentSymbolProvider: true,
      workspaceSymbolProvider: true,
      codeLensProvider: { resolveProvider: true },
      inlayHintProvider: true,
      executeCommandProvider: { commands: client.showDocument ? [openDocumentation] : [] },
      ...(client.pullsDiagnostics && {
        diagnosticProvider: { identifier: source, interFileDependencies: true, workspaceDiagnostics: true },
      }),
    },
  };
}
