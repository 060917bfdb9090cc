import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver/node";
import { answerTo, type Client, clientOf } from "./capabilities.ts";
import { detailsOf } from "./log.ts";
import { checkedElsewhere, schemaText, yamlExtensionChanged } from "./messages.ts";
import { forecast, roleOf, stackTree, topology, writeValue } from "./preview/messages.ts";
import type { Server } from "./server.ts";

/** Makes the server of a client, of which most was not read before. */
type Start = (connection: Connection, client: Client, params: InitializeParams) => Promise<Server>;

/**
 * Wires a connection to a server: which message leads to which of its verbs, and when there is one to ask. It starts when
 * the client speaks again after the first answer, which it does at once; what comes meanwhile waits in its order.
 */
export function serve(connection: Connection, start: Start): void {
  let introduced: (() => Promise<Server>) | undefined;
  let starting: Promise<Server> | undefined;
  let server: Server | undefined;
  let stopped = false;

  function started(make: () => Promise<Server>): Promise<Server> {
    starting ??= make().then((made) => {
      server = made;
      return made;
    });
    return starting;
  }

  /** Answers a request, unless it comes out of turn or was cancelled while it waited. */
  async function ask<Result>(token: CancellationToken, answer: (server: Server) => Result | Promise<Result>) {
    if (stopped) return new ResponseError<never>(ErrorCodes.InvalidRequest, "The server was shut down.");
    if (introduced === undefined) return new ResponseError<never>(ErrorCodes.ServerNotInitialized, "Not initialized.");
    // A cancellation that was sent right behind gets its turn.
    await new Promise((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested) return new ResponseError<never>(LSPErrorCodes.RequestCancelled, "Cancelled.");
    const asked = server ?? (await started(introduced));
    // For a client that forgot to say `initialized`.
    asked.session.start();
    return answer(asked);
  }

  /** Hears a notification; out of turn it has no effect. */
  const hear = (listen: (server: Server) => void) => {
    if (introduced === undefined || stopped) return;
    if (server !== undefined) return listen(server);
    const hears = started(introduced).then((made) => {
      if (!stopped) listen(made);
    });
    hears.catch((error: unknown) => connection.console.error(`Headroom failed: ${detailsOf(error)}`));
  };

  connection.onInitialize((params) => {
    const client = clientOf(params);
    introduced = () => start(connection, client, params);
    return answerTo(client);
  });
  connection.onInitialized(() => hear((server) => server.start()));
  connection.onShutdown(() => {
    stopped = true;
    server?.stop();
  });

  connection.onDidOpenTextDocument((params) => hear(({ session }) => session.open(params)));
  connection.onDidChangeTextDocument((params) => hear(({ session }) => session.change(params)));
  connection.onDidCloseTextDocument((params) => hear(({ session }) => session.close(params)));
  connection.onDidChangeWatchedFiles((params) => hear((server) => server.watched(params)));
  connection.onDidChangeConfiguration((params) => hear((server) => server.configured(params)));

  connection.onNotification(yamlExtensionChanged, (params) => hear((server) => server.yamlExtensionChanged(params)));
  connection.onNotification(checkedElsewhere, (params) => hear((server) => server.checkedElsewhere(params)));
  connection.onRequest(forecast, (params, token) => ask(token, ({ forecasts }) => forecasts.answer(params, token)));
  connection.onRequest(writeValue, (params, token) => ask(token, (server) => server.writeValue(params)));
  connection.onRequest(schemaText, (params, token) => ask(token, (server) => server.schemaText(params)));

  connection.onCodeAction((params, token) => ask(token, (server) => server.codeActions(params)));
  connection.onCompletion((params, token) => ask(token, ({ language }) => language.complete(params)));
  connection.onHover((params, token) => ask(token, ({ language }) => language.hover(params)));
  connection.onFoldingRanges((params, token) => ask(token, ({ language }) => language.foldingRanges(params)));
  connection.onSelectionRanges((params, token) => ask(token, ({ language }) => language.selectionRanges(params)));
  connection.onDefinition((params, token) => ask(token, ({ navigation }) => navigation.definition(params)));
  connection.onReferences((params, token) => ask(token, ({ navigation }) => navigation.references(params)));
  connection.onPrepareRename((params, token) => ask(token, ({ navigation }) => navigation.prepareRename(params)));
  connection.onRenameRequest((params, token) => ask(token, ({ navigation }) => navigation.rename(params)));
  connection.onDocumentLinks((params, token) => ask(token, ({ navigation }) => navigation.documentLinks(params)));
  connection.onDocumentSymbol((params, token) => ask(token, ({ navigation }) => navigation.documentSymbols(params)));
  connection.onWorkspaceSymbol((params, token) => ask(token, ({ navigation }) => navigation.workspaceSymbols(params)));
  connection.onRequest(roleOf, (params, token) => ask(token, ({ views }) => views.role(params)));
  connection.onRequest(stackTree, (_params, token) => ask(token, ({ views }) => views.stackTree()));
  connection.onRequest(topology, (params, token) => ask(token, ({ views }) => views.topology(params)));

  connection.onCodeLens((params, token) => ask(token, ({ views }) => views.codeLenses(params)));
  connection.onCodeLensResolve((lens, token) => ask(token, ({ views }) => views.resolveLens(lens)));
  connection.languages.inlayHint.on((params, token) => ask(token, ({ views }) => views.inlayHints(params)));
  connection.onExecuteCommand((params, token) => ask(token, (server) => server.execute(params)));
  connection.languages.diagnostics.on((params, token) => ask(token, (server) => server.documentDiagnostics(params)));
  connection.languages.diagnostics.onWorkspace((params, token) =>
    ask(token, (server) => server.workspaceDiagnostics(params)),
  );

  connection.listen();
}
