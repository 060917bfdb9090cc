import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import type {
  DocumentDiagnosticReport,
  PreviousResultId,
  WorkspaceDiagnosticReport,
} from "vscode-languageserver-protocol/node";
import { Client, codesOf, spokenOf } from "./support/client.ts";
import { DiskFolder } from "./support/folder.ts";
import { deployment, hpa } from "./support/manifests.ts";

const capabilities = {
  textDocument: { diagnostic: { relatedDocumentSupport: false } },
  workspace: { diagnostics: { refreshSupport: true } },
};

describe("pulled diagnostics", { timeout: 120_000 }, () => {
  let folder: DiskFolder;
  let client: Client;

  async function begin(files: Record<string, string>, initializationOptions?: unknown): Promise<void> {
    folder = new DiskFolder(files);
    client = await Client.start({ folders: [folder.uri()], capabilities, initializationOptions });
  }

  /** A client that cannot be called to ask again gets its first answer when all files are read. */
  async function beginUncallable(files: Record<string, string>): Promise<void> {
    folder = new DiskFolder(files);
    client = await Client.start({ folders: [folder.uri()], capabilities: { textDocument: capabilities.textDocument } });
  }

  /** Waits until all files are read: the client is then called to ask again. */
  async function filesRead(): Promise<void> {
    await client.until(() => (client.refreshes > 0 ? true : undefined));
  }

  const pull = (uri: string, previousResultId?: string) =>
    client.ask<DocumentDiagnosticReport>("textDocument/diagnostic", { textDocument: { uri }, previousResultId });
  const pullAll = (previousResultIds: PreviousResultId[] = []) =>
    client.ask<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds });

  function codesIn(report: DocumentDiagnosticReport): string[] {
    assert.ok(report.kind === "full");
    return codesOf(spokenOf(report.items));
  }

  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    folder.delete();
  });

  test("a client that can pull is offered it, and is not pushed the same", async () => {
    await begin({ "a.yaml": hpa(15) });
    assert.deepEqual(client.initialized?.capabilities.diagnosticProvider, {
      identifier: "headroom",
      interFileDependencies: true,
      workspaceDiagnostics: true,
    });
    await client.open(folder.uri("a.yaml"), hpa(15));
    await filesRead();
    await pull(folder.uri("a.yaml"));
    assert.equal(client.lastPushed(folder.uri("a.yaml")), undefined);
  });

  test("a document is answered as it is now, and in one word when nothing changed", async () => {
    await beginUncallable({});
    const uri = folder.uri("hpa.yaml");
    await client.open(uri, hpa(15));
    const first = await pull(uri);
    assert.deepEqual(codesIn(first), ["hpa/scale-up-window"]);
    assert.deepEqual(await pull(uri, first.resultId), { kind: "unchanged", resultId: first.resultId });
    await client.write(uri, `${hpa(15)}# a comment changes nothing\n`);
    assert.equal((await pull(uri, first.resultId)).kind, "unchanged");
    await client.write(uri, hpa(600));
    assert.deepEqual(codesIn(await pull(uri, first.resultId)), []);
  });

  test("the workspace is answered file by file, clean ones left out", async () => {
    await begin({ "a.yaml": hpa(15), "b.yaml": "a: 1\n", "c.yaml": hpa(16).replaceAll("llama", "mistral") });
    await filesRead();
    const { items } = await pullAll();
    assert.deepEqual(items.map(({ uri }) => uri).sort(), [folder.uri("a.yaml"), folder.uri("c.yaml")]);
    const known = items.map(({ uri, resultId }) => ({ uri, value: resultId ?? "" }));
    const again = await pullAll(known);
    assert.deepEqual(
      again.items.map(({ kind }) => kind),
      ["unchanged", "unchanged"],
    );
    folder.write("a.yaml", hpa(600));
    const { refreshes } = client;
    await client.changedOnDisk({ uri: folder.uri("a.yaml"), type: 2 });
    await client.until(() => (client.refreshes > refreshes ? true : undefined));
    const [a, c] = (await pullAll(known)).items.sort((one, other) => (one.uri < other.uri ? -1 : 1));
    assert.deepEqual([a?.kind, a !== undefined && "items" in a ? a.items : undefined], ["full", []]);
    assert.equal(c?.kind, "unchanged");
  });

  test("a file that is gone is cleared", async () => {
    await begin({ "a.yaml": hpa(15) });
    await filesRead();
    const [report] = (await pullAll()).items;
    folder.delete("a.yaml");
    const { refreshes } = client;
    await client.changedOnDisk({ uri: folder.uri("a.yaml"), type: 3 });
    await client.until(() => (client.refreshes > refreshes ? true : undefined));
    const { items } = await pullAll([{ uri: folder.uri("a.yaml"), value: report?.resultId ?? "" }]);
    assert.deepEqual(
      items.map((item) => ("items" in item ? item.items : item.kind)),
      [[]],
    );
  });

  test("an edit that changes another file calls the client to ask for that one", async () => {
    await begin({
      "hpa.yaml": hpa(180),
      "deployment.yaml": deployment(60),
      "other.yaml": hpa(15).replaceAll("llama", "m"),
    });
    await filesRead();
    await client.open(folder.uri("hpa.yaml"), hpa(180));
    await client.open(folder.uri("deployment.yaml"), deployment(60));
    const before = await pull(folder.uri("hpa.yaml"));
    const { refreshes } = client;
    await client.write(folder.uri("deployment.yaml"), deployment(300));
    await client.until(() => (client.refreshes > refreshes ? true : undefined));
    assert.deepEqual(codesIn(await pull(folder.uri("hpa.yaml"), before.resultId)), ["hpa/scale-up-window"]);
  });

  test("headroom.workspaceDiagnostics: false leaves out what is not open", async () => {
    await begin({ "a.yaml": hpa(15), "b.yaml": hpa(15) }, { workspaceDiagnostics: false });
    await client.open(folder.uri("a.yaml"), hpa(15));
    await filesRead();
    assert.deepEqual(
      (await pullAll()).items.map(({ uri, version }) => ({ uri, version })),
      [{ uri: folder.uri("a.yaml"), version: 1 }],
    );
  });

  test("a document that nobody knows is clean", async () => {
    await begin({});
    assert.deepEqual(codesIn(await pull("file:///nowhere/at/all.yaml")), []);
  });

  test("a request that is cancelled ends, and the next is answered", async () => {
    await beginUncallable({});
    const uri = folder.uri("hpa.yaml");
    await client.open(uri, hpa(15));
    const { CancellationTokenSource } = await import("vscode-languageserver-protocol/node");
    const source = new CancellationTokenSource();
    const cancelled = client.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } }, source.token);
    source.cancel();
    await assert.rejects(cancelled, { code: -32800 });
    assert.deepEqual(codesIn(await pull(uri)), ["hpa/scale-up-window"]);
  });
});
