import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { CodeLens, InlayHint, Range } from "vscode-languageserver-protocol/node";
import { Client, type Start } from "./client.ts";
import { DiskFolder } from "./folder.ts";

/** A server over a folder of files, asked for what it shows beside their text. */
export class Showcase {
  readonly folder = new DiskFolder();
  private started: Client | undefined;

  constructor(files: Record<string, string>, start: Omit<Start, "folders"> = {}) {
    for (const [path, text] of Object.entries(files)) this.folder.write(path, text);
    before(async () => {
      this.started = await Client.start({ ...start, folders: [this.folder.uri()] });
      await this.read();
    });
    after(async () => {
      assert.equal(await this.started?.stop(), 0);
      this.folder.delete();
    });
  }

  get client(): Client {
    assert.ok(this.started !== undefined);
    return this.started;
  }

  /** It is answered when all files were read. */
  async read(): Promise<void> {
    await this.client.ask("workspace/symbol", { query: "" });
  }

  async listed(name: string): Promise<CodeLens[] | null> {
    return this.client.ask("textDocument/codeLens", { textDocument: { uri: this.folder.uri(name) } });
  }

  /** Every lens as `line: title`, its number worked out. */
  async lenses(name: string): Promise<string[]> {
    const lenses = (await this.listed(name)) ?? [];
    const resolved = lenses.map((lens) =>
      lens.command === undefined ? this.client.ask<CodeLens>("codeLens/resolve", lens) : lens,
    );
    return (await Promise.all(resolved)).map(({ range, command }) => `${range.start.line + 1}: ${command?.title}`);
  }

  /** Every hint as `line: label`, behind the text that it stands behind. */
  async hints(name: string, text: string, range?: Range): Promise<string[]> {
    const whole = { start: { line: 0, character: 0 }, end: { line: text.split("\n").length, character: 0 } };
    const params = { textDocument: { uri: this.folder.uri(name) }, range: range ?? whole };
    const hints = (await this.client.ask<InlayHint[] | null>("textDocument/inlayHint", params)) ?? [];
    return hints.map(({ position, label }) => {
      const before = (text.split("\n")[position.line] ?? "").slice(0, position.character).trim();
      return `${position.line + 1}: ${before} ‹${label}›`;
    });
  }
}
