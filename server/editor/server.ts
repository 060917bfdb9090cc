import {
  type CodeAction,
  type CodeActionParams,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  type ExecuteCommandParams,
  type InitializeParams,
  WatchKind,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { rules } from "../rules/registry.ts";
import { docsOf } from "../rules/rule.ts";
import type { Client } from "./capabilities.ts";
import { codeActions } from "./code-actions.ts";
import type { WorkspaceFiles } from "./disk.ts";
import { schemaOfKind } from "./handover/content.ts";
import { readYamlExtension } from "./handover/extension.ts";
import { Language } from "./language.ts";
import { detailsOf, Log } from "./log.ts";
import { readSchemaUri, type SchemasFor, schemasChanged } from "./messages.ts";
import { openDocumentation } from "./names.ts";
import { Navigation } from "./navigation/navigation.ts";
import { type Options, readOptions } from "./options.ts";
import { Forecasts } from "./preview/forecasts.ts";
import { type ForecastStale, forecastStale, stackChanged } from "./preview/messages.ts";
import { Pull } from "./pull.ts";
import { Push } from "./push.ts";
import { Session } from "./session.ts";
import { normalUri } from "./uris.ts";
import { Views } from "./views.ts";
import { field, fieldAt, textsIn } from "./wire.ts";

/** What a server asks of the machine that it runs on. */
export interface Machine {
  readonly files: WorkspaceFiles;
  /** The bundle that runs here, of which threads are made. */
  readonly script: string;
}

/** What a client can ask and tell, one verb for each message. */
export class Server {
  readonly session: Session;
  readonly language: Language;
  readonly navigation: Navigation;
  readonly forecasts: Forecasts;
  readonly views: Views;
  private readonly connection: Connection;
  private readonly client: Client;
  private readonly log: Log;
  private readonly outlet: Push | Pull;
  private folders: string[];
  private options: Options;

  constructor({ files, script }: Machine, connection: Connection, client: Client, params: InitializeParams) {
    this.connection = connection;
    this.client = client;
    this.options = readOptions(params.initializationOptions);
    const { console } = connection;
    const sink = {
      error: (line: string) => console.error(line),
      warning: (line: string) => console.warn(line),
      info: (line: string) => console.info(line),
    };
    this.log = new Log(sink, this.options.logLevel);
    this.session = new Session(files, this.log);
    const ofWorkspace = () => this.options.workspaceDiagnostics;
    this.outlet = client.pullsDiagnostics
      ? new Pull(this.session, client.refreshesDiagnostics ? () => this.refresh() : undefined, ofWorkspace)
      : new Push(this.session, (report) => this.send(connection.sendDiagnostics(report)), ofWorkspace);
    this.session.outlet = this.outlet;
    this.session.handover.announce = (uri, has) => {
      const params: SchemasFor = { uri: this.session.buffers.spelling(uri), has };
      this.send(connection.sendNotification(schemasChanged, params));
    };
    this.language = new Language(this.session, params.capabilities);
    this.views = new Views(
      this.session,
      () => this.options,
      () => this.tellViews(),
    );
    this.session.judged = () => this.views.changed();
    this.folders = foldersIn(params);
    this.session.setFolders(this.folders);
    this.forecasts = new Forecasts({
      session: this.session,
      disk: files,
      script,
      stale: (uri) => this.send(connection.sendNotification(forecastStale, { uri } satisfies ForecastStale)),
    });
    this.session.noticed = (uris) => this.forecasts.changed(uris);
    this.session.typed = (uri) => this.forecasts.typed(uri);
    this.navigation = new Navigation(this.session, client, () => this.folders);
  }

  /** Once the client is ready. */
  start(): void {
    const { connection, client } = this;
    if (client.registersWatchers) {
      const changes = ["**/*.{yaml,yml}", "**/.gitignore"].map((globPattern) => ({ globPattern }));
      // A deleted or renamed directory is told by its own name alone.
      const watchers = [...changes, { globPattern: "**/*", kind: WatchKind.Delete }];
      this.send(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    if (client.registersSettings) {
      this.send(connection.client.register(DidChangeConfigurationNotification.type, { section: "headroom" }));
    }
    if (client.announcesFolders) {
      connection.workspace.onDidChangeWorkspaceFolders((event) => this.foldersChanged(event));
    }
    this.askForSettings();
    this.session.start();
  }

  stop(): void {
    this.views.stop();
    this.session.stop();
  }

  /** Another YAML service in the editor came, went, or does other things than before. */
  yamlExtensionChanged(params: unknown): void {
    this.session.handOver(readYamlExtension(params));
  }

  checkedElsewhere(params: unknown): void {
    const uri = field(params, "uri");
    if (typeof uri === "string") this.session.checkedElsewhere(normalUri(uri));
  }

  /** The text of a schema for that service; for a file that is not open, of a schema that says nothing. */
  async schemaText(params: unknown): Promise<string> {
    const read = readSchemaUri(String(field(params, "schema")));
    if (read === undefined) return nothingSaid;
    if ("kind" in read) return JSON.stringify((await schemaOfKind(read.kind)) ?? {});
    const uri = normalUri(read.file);
    await this.session.fileOf(uri);
    const open = this.session.openFile(uri);
    return open === undefined ? nothingSaid : this.session.handover.schemaOf(open);
  }

  watched(params: unknown): void {
    const changes = field(params, "changes");
    const events = Array.isArray(changes) ? changes.filter((event) => typeof field(event, "uri") === "string") : [];
    this.session.watched(events);
    this.forecasts.written(events.map(({ uri }) => normalUri(uri)));
  }

  foldersChanged(event: unknown): void {
    const removed = new Set(textsIn(field(event, "removed"), "uri").map(normalUri));
    const kept = this.folders.filter((uri) => !removed.has(normalUri(uri)));
    this.folders = [...kept, ...textsIn(field(event, "added"), "uri")];
    this.session.setFolders(this.folders);
  }

  /** Settings changed. A client that can be asked may not have sent them along. */
  configured(params: unknown): void {
    if (this.client.answersSettings) this.askForSettings();
    else this.take(readOptions(field(params, "settings"), this.options));
  }

  async documentDiagnostics({ textDocument, previousResultId }: DocumentDiagnosticParams) {
    if (!(this.outlet instanceof Pull)) return nothingToPull;
    return this.outlet.document(textDocument.uri, previousResultId);
  }

  workspaceDiagnostics({ previousResultIds }: WorkspaceDiagnosticParams): WorkspaceDiagnosticReport {
    return { items: this.outlet instanceof Pull ? this.outlet.workspace(previousResultIds) : [] };
  }

  async codeActions(params: CodeActionParams): Promise<CodeAction[]> {
    const { session, client } = this;
    const uri = normalUri(params.textDocument.uri);
    const { diagnostics, left } = await session.reportOf(uri, false);
    const folder = session.homeOf(uri)?.folder;
    const file = folder?.textFile(uri);
    if (folder === undefined || file === undefined) return [];
    return codeActions(
      { uri, file, diagnostics, left, tryOut: (task) => folder.tryOut(uri, task) },
      params,
      session.buffers,
      client,
    );
  }

  writeValue(params: unknown): Promise<WorkspaceEdit | null> {
    return this.forecasts.write(params, this.client.documentChanges);
  }

  /** Opens the page of a rule in a browser; of our rules only, whatever the client says. */
  async execute({ command, arguments: [id] = [] }: ExecuteCommandParams): Promise<void> {
    const rule = rules.find((one) => one.id === id);
    if (command !== openDocumentation || rule === undefined) return;
    await this.connection.window.showDocument({ uri: docsOf(rule.id), external: true });
  }

  private askForSettings(): void {
    if (!this.client.answersSettings) return;
    const answer = this.connection.workspace.getConfiguration("headroom");
    this.send(answer.then((settings) => this.take(readOptions(settings, this.options))));
  }

  private take(options: Options): void {
    const before = this.options;
    this.options = options;
    this.log.level = options.logLevel;
    if (options.workspaceDiagnostics !== before.workspaceDiagnostics) this.outlet.tellAll();
    if (options.lenses !== before.lenses || options.hints !== before.hints) this.views.changed();
  }

  /** What stands beside the text of one file depends on others: clients ask again when they are told to. */
  private tellViews(): void {
    const { connection, client } = this;
    if (client.refreshesLenses) this.send(connection.sendRequest(CodeLensRefreshRequest.type));
    if (client.refreshesHints) this.send(connection.languages.inlayHint.refresh());
    if (this.options.preview) this.send(connection.sendNotification(stackChanged));
  }

  private refresh(): Promise<void> {
    return this.connection.languages.diagnostics.refresh();
  }

  /** Lets a message go its way. That a client is gone or refuses must not stop the server. */
  private send(sending: Promise<unknown>): void {
    sending.catch((error: unknown) => this.log.info(`The client did not take a message: ${detailsOf(error)}`));
  }
}

const nothingSaid = "{}";
const nothingToPull: DocumentDiagnosticReport = { kind: "full", items: [] };

function foldersIn(params: InitializeParams): string[] {
  const folders = textsIn(params.workspaceFolders, "uri");
  if (folders.length > 0) return folders;
  const root = fieldAt(params, "rootUri");
  return typeof root === "string" ? [root] : [];
}
