import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
import { createConnection } from "vscode-languageserver/node";
import {
  type CompletionList,
  createProtocolConnection,
  type Position,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { serve } from "../../server/editor/connection.ts";
import { disk, Server } from "../../server/editor/mind.ts";

/** What one answer took: milliseconds that went by, and of the processor, threads for garbage counted too. */
export interface Taken {
  readonly wall: number;
  readonly processor: number;
}

/** Somebody who types into one file of a folder, and the whole language server, in one process so that its work can be told. */
export class Typist {
  private readonly directory = mkdtempSync(join(tmpdir(), "headroom-bench-"));
  private readonly uri = pathToFileURL(join(this.directory, "manifest.yaml")).href;
  private readonly connection: ProtocolConnection;
  private version = 1;
  private judged: (() => void) | undefined;

  private constructor() {
    const [there, back] = [new PassThrough(), new PassThrough()];
    const connection = createConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
    serve(connection, async (...introduction) => new Server({ files: disk, script: "" }, ...introduction));
    this.connection = createProtocolConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
    this.connection.onNotification("textDocument/publishDiagnostics", ({ version }: { version?: number }) => {
      if (version === this.version) this.judged?.();
    });
    this.connection.listen();
  }

  static async start(text: string): Promise<Typist> {
    const typist = new Typist();
    writeFileSync(join(typist.directory, "manifest.yaml"), text);
    const workspaceFolders = [{ uri: pathToFileURL(typist.directory).href, name: "bench" }];
    await typist.connection.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      workspaceFolders,
      capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
    });
    await typist.connection.sendNotification("initialized", {});
    await typist.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: typist.uri, languageId: "yaml", version: 1, text },
    });
    await typist.connection.sendRequest("workspace/symbol", { query: "" });
    return typist;
  }

  /** Types a word, character by character, asks behind each, and takes it back. */
  async type(before: Position, word: string, note: (taken: Taken, labels: readonly string[]) => void): Promise<void> {
    const at = { ...before };
    for (const character of word) {
      await this.write(at, at, character);
      at.character++;
      const textDocument = { uri: this.uri };
      const [start, began] = [process.cpuUsage(), performance.now()];
      const list = await this.connection.sendRequest<CompletionList | null>("textDocument/completion", {
        textDocument,
        position: at,
      });
      const wall = performance.now() - began;
      const { user, system } = process.cpuUsage(start);
      note({ wall, processor: (user + system) / 1000 }, list?.items.map(({ label }) => label) ?? []);
    }
    const pause = new Promise<void>((resolve) => {
      this.judged = resolve;
    });
    await this.write(before, at, "");
    await pause;
  }

  /** Writes without asking. */
  async insert(at: Position, text: string): Promise<void> {
    await this.write(at, at, text);
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest("shutdown");
    this.connection.dispose();
    rmSync(this.directory, { recursive: true });
  }

  private async write(start: Position, end: Position, text: string): Promise<void> {
    const textDocument = { uri: this.uri, version: ++this.version };
    const contentChanges = [{ range: { start, end }, text }];
    await this.connection.sendNotification("textDocument/didChange", { textDocument, contentChanges });
  }
}
