import assert from "node:assert/strict";
import { after, before } from "node:test";
import type { ClientCapabilities, CompletionItem, CompletionList, Hover } from "vscode-languageserver-protocol/node";
import { applyEdits } from "../../support/lint.ts";
import { atCursor, Client } from "./client.ts";
import { DiskFolder } from "./folder.ts";

/** A server to ask at marked cursors, `‸`, in files of one folder. */
export class Desk {
  private readonly folder = new DiskFolder();
  private readonly capabilities: ClientCapabilities;
  private client: Client | undefined;

  constructor(files: Record<string, string> = {}, capabilities: ClientCapabilities = {}) {
    this.capabilities = capabilities;
    for (const [path, text] of Object.entries(files)) this.folder.write(path, text);
    before(async () => {
      this.client = await Client.start({ folders: [this.folder.uri()], capabilities: this.capabilities });
      // It is answered when all files were read.
      await this.client.ask("workspace/symbol", { query: "" });
    });
    after(async () => {
      assert.equal(await this.client?.stop(), 0);
      this.folder.delete();
    });
  }

  async ask<Answer>(method: string, marked: string, name = "manifest.yaml"): Promise<Answer> {
    const { client } = this;
    assert.ok(client !== undefined);
    const { text, position } = atCursor(marked.replaceAll("|", "\u0000").replace("‸", "|"));
    const uri = this.folder.uri(name);
    await client.open(uri, text.replaceAll("\u0000", "|"));
    const answer = await client.ask<Answer>(method, { textDocument: { uri }, position });
    await client.close(uri);
    return answer;
  }

  async items(marked: string, name?: string): Promise<readonly CompletionItem[]> {
    return (await this.ask<CompletionList | null>("textDocument/completion", marked, name))?.items ?? [];
  }

  async labels(marked: string, name?: string): Promise<string[]> {
    return (await this.items(marked, name)).map(({ label }) => label);
  }

  /** The text after one of the offered items was taken. */
  async taken(marked: string, label: string, name?: string): Promise<string> {
    const item = (await this.items(marked, name)).find((one) => one.label === label);
    assert.ok(item?.textEdit !== undefined && "range" in item.textEdit, `${label} is not offered`);
    const edits = [item.textEdit, ...(item.additionalTextEdits ?? [])].map((edit) => ({ file: "it", ...edit }));
    return applyEdits({ it: marked.replace("‸", "") }, edits)["it"] ?? "";
  }

  async hovered(marked: string, name?: string): Promise<string | null> {
    const hover = await this.ask<Hover | null>("textDocument/hover", marked, name);
    return hover === null ? null : (hover.contents as { value: string }).value;
  }
}
