import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { after } from "node:test";
import {
  type ClientCapabilities,
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { applyEdits } from "../../support/lint.ts";
import { bundledServer } from "./bundle.ts";

export interface Start {
  /** URIs of workspace folders; null for none. */
  readonly folders: readonly string[] | null;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** Answers of the client to `workspace/configuration`. */
  readonly settings?: unknown;
  /** Arguments of Node before the server's path. */
  readonly node?: readonly string[];
}

const running = new Set<ChildProcess>();

/** A test that fails must not leave a server behind: the test run would wait for it. */
after(() => {
  for (const server of running) server.kill();
});

/** Talks to the bundled server over stdio, as an editor does. */
export class Client {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly logged: string[] = [];
  readonly registered: RegistrationParams["registrations"] = [];
  readonly shown: string[] = [];
  settings: unknown;
  refreshes = 0;
  initialized: InitializeResult | undefined;
  readonly texts = new Map<string, { version: number; text: string }>();
  private readonly published = new Map<string, PublishDiagnosticsParams>();
  private readonly watchers = new Set<() => void>();

  private constructor(process: ChildProcess) {
    this.process = process;
    assert.ok(process.stdout !== null && process.stdin !== null);
    const reader = new StreamMessageReader(process.stdout);
    this.connection = createProtocolConnection(reader, new StreamMessageWriter(process.stdin));
    this.connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.set(params.uri, { ...params, diagnostics: spokenOf(params.diagnostics) });
      this.happened();
    });
    this.connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      this.logged.push(message);
      this.happened();
    });
    this.connection.onRequest("client/registerCapability", ({ registrations }: RegistrationParams) => {
      this.registered.push(...registrations);
      this.happened();
      return null;
    });
    this.connection.onRequest("workspace/configuration", () => [this.settings]);
    this.connection.onRequest("workspace/diagnostic/refresh", () => {
      this.refreshes++;
      this.happened();
      return null;
    });
    this.connection.onRequest("window/showDocument", ({ uri }: { uri: string }) => {
      this.shown.push(uri);
      return { success: true };
    });
    this.connection.listen();
  }

  /** Starts a server that was not yet spoken to. */
  static async spawn(node: readonly string[] = []): Promise<Client> {
    const server = await bundledServer();
    const args = [...node, server, "--stdio"];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    running.add(child);
    child.once("exit", () => running.delete(child));
    return new Client(child);
  }

  static async start(start: Start): Promise<Client> {
    const client = await Client.spawn(start.node);
    client.settings = start.settings;
    await client.initialize(start);
    await client.connection.sendNotification("initialized", {});
    return client;
  }

  async initialize({ folders, capabilities = {}, initializationOptions }: Start): Promise<void> {
    this.initialized = await this.connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders?.map((uri) => ({ uri, name: uri })) ?? null,
      capabilities,
      ...(initializationOptions !== undefined && { initializationOptions }),
    });
  }

  /** Returns the exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const exit = once(this.process, "exit");
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    const [code] = await exit;
    this.connection.dispose();
    return code;
  }

  async open(uri: string, text: string, version = 1): Promise<void> {
    this.texts.set(uri, { version, text });
    await this.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version, text } });
  }

  /** Replaces the whole text. */
  async write(uri: string, text: string): Promise<void> {
    await this.sendChange(uri, text, [{ text }]);
  }

  /** Replaces a stretch of the text, as typing does. */
  async edit(uri: string, range: Range, newText: string): Promise<void> {
    const { text } = this.texts.get(uri) ?? { text: "" };
    const after = applyEdits({ it: text }, [{ file: "it", range, newText }])["it"] ?? "";
    await this.sendChange(uri, after, [{ range, text: newText }]);
  }

  async close(uri: string): Promise<void> {
    this.texts.delete(uri);
    await this.notify("textDocument/didClose", { textDocument: { uri } });
  }

  async changedOnDisk(...events: readonly { uri: string; type: 1 | 2 | 3 }[]): Promise<void> {
    await this.notify("workspace/didChangeWatchedFiles", { changes: events });
  }

  async notify(method: string, params: unknown): Promise<void> {
    await this.connection.sendNotification(method, params as object);
  }

  async ask<Answer>(method: string, params: unknown): Promise<Answer> {
    return this.connection.sendRequest<Answer>(method, params as object);
  }

  /** Waits until what was pushed for a file is as wanted. */
  async pushed(uri: string, wanted: (params: PublishDiagnosticsParams) => boolean): Promise<Diagnostic[]> {
    const found = await this.until(() => {
      const params = this.published.get(uri);
      return params !== undefined && wanted(params) ? params : undefined;
    });
    return found.diagnostics;
  }

  /** What was pushed for the version of an open document that we have. */
  async pushedNow(uri: string): Promise<Diagnostic[]> {
    const version = this.texts.get(uri)?.version;
    return this.pushed(uri, (params) => params.version === version);
  }

  lastPushed(uri: string): PublishDiagnosticsParams | undefined {
    return this.published.get(uri);
  }

  /** Waits until something is there, looking whenever the server said something. */
  until<Found>(look: () => Found | undefined): Promise<Found> {
    return new Promise((resolve) => {
      const watcher = () => {
        const found = look();
        if (found === undefined) return;
        this.watchers.delete(watcher);
        resolve(found);
      };
      this.watchers.add(watcher);
      watcher();
    });
  }

  async actions(uri: string, range: Range, only?: readonly string[]): Promise<CodeAction[]> {
    const context = { diagnostics: [], ...(only !== undefined && { only }) };
    return this.ask("textDocument/codeAction", { textDocument: { uri }, range, context });
  }

  /** Does to the open documents what the edit says, and tells the server. Returns their texts. */
  async apply(edit: WorkspaceEdit | undefined): Promise<string[]> {
    const changes = edit?.documentChanges ?? [];
    const results: string[] = [];
    for (const change of changes) {
      assert.ok("textDocument" in change);
      const { uri, version } = change.textDocument;
      const open = this.texts.get(uri);
      assert.equal(open?.version ?? null, version, `an edit of ${uri} for another version`);
      const edits = change.edits.map(({ range, ...rest }) => {
        assert.ok("newText" in rest);
        return { file: "it", range, newText: rest.newText };
      });
      const text = applyEdits({ it: open?.text ?? "" }, edits)["it"] ?? "";
      if (open !== undefined) await this.write(uri, text);
      results.push(text);
    }
    return results;
  }

  private async sendChange(uri: string, text: string, contentChanges: object[]): Promise<void> {
    const version = (this.texts.get(uri)?.version ?? 0) + 1;
    this.texts.set(uri, { version, text });
    await this.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges });
  }

  private happened(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}

/** The rules that these tests speak of: those that come later may say more about the same manifests. */
export function spokenOf(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const subjects = /^(?:hpa\/scale-up-window|keda\/metric-type-in-metadata|(?:config|suppression|yaml)\/.*|undefined)$/;
  return diagnostics.filter(({ code }) => subjects.test(String(code)));
}

/** A text with `|` where the cursor stands. */
export function atCursor(marked: string): { text: string; position: Position } {
  const offset = marked.indexOf("|");
  const before = marked.slice(0, offset).split("\n");
  const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), position };
}

export function codesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code }) => String(code));
}

export function rangeAt(line: number, character = 0): Range {
  return { start: { line, character }, end: { line, character } };
}
