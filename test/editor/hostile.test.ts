import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { afterEach, beforeEach, describe, test } from "node:test";
import { Client, codesOf, rangeAt } from "./support/client.ts";
import { DiskFolder } from "./support/folder.ts";
import { deployment, hpa, windowLine } from "./support/manifests.ts";

const window = "hpa/scale-up-window";

describe("a client that misbehaves", { timeout: 60_000 }, () => {
  let folder: DiskFolder;
  let client: Client;
  let uri: string;

  beforeEach(async () => {
    folder = new DiskFolder();
    client = await Client.start({ folders: [folder.uri()], initializationOptions: null });
    uri = folder.uri("hpa.yaml");
  });

  afterEach(async () => {
    folder.delete();
    assert.equal(await client.stop(), 0);
  });

  /** The server lives if it still finds what is wrong. */
  async function isWell(): Promise<void> {
    const other = folder.uri("other.yaml");
    await client.open(other, hpa(15).replaceAll("llama", "mistral"));
    assert.deepEqual(codesOf(await client.pushedNow(other)), [window]);
  }

  test("changes and closes what it never opened", async () => {
    const textDocument = { uri, version: 3 };
    await client.notify("textDocument/didChange", { textDocument, contentChanges: [{ text: hpa(15) }] });
    await client.notify("textDocument/didClose", { textDocument });
    await isWell();
    assert.equal(client.lastPushed(uri), undefined);
  });

  test("opens twice: the last text counts", async () => {
    await client.open(uri, hpa(600), 1);
    await client.open(uri, hpa(15), 2);
    assert.deepEqual(codesOf(await client.pushedNow(uri)), [window]);
  });

  test("sends ranges past the end, before the start and backwards", async () => {
    await client.open(uri, "kind: ConfigMap\n");
    for (const range of [
      { start: { line: 900, character: 900 }, end: { line: 901, character: 5 } },
      { start: { line: 0, character: 900 }, end: { line: 400, character: 0 } },
      { start: { line: -3, character: -3 }, end: { line: 0, character: -1 } },
      { start: { line: 1, character: 0 }, end: { line: 0, character: 0 } },
    ]) {
      await client.notify("textDocument/didChange", {
        textDocument: { uri, version: 9 },
        contentChanges: [
          { range, text: "a\nb\n" },
          { range, text: "" },
        ],
      });
    }
    await client.write(uri, hpa(15));
    assert.deepEqual(codesOf(await client.pushedNow(uri)), [window]);
    await client.edit(
      uri,
      { start: { line: windowLine, character: 34 }, end: { line: windowLine, character: 36 } },
      "600",
    );
    assert.deepEqual(await client.pushedNow(uri), []);
    assert.deepEqual(await client.actions(uri, rangeAt(5000, 5000)), []);
  });

  test("counts versions backwards", async () => {
    await client.open(uri, hpa(600), 10);
    await client.notify("textDocument/didChange", {
      textDocument: { uri, version: 4 },
      contentChanges: [{ text: hpa(15) }],
    });
    assert.deepEqual(codesOf(await client.pushed(uri, ({ version }) => version === 4)), [window]);
  });

  test("closes while the document is being judged", async () => {
    for (let round = 0; round < 20; round++) {
      await client.open(uri, hpa(15));
      await client.close(uri);
    }
    await client.until(() => ((client.lastPushed(uri)?.diagnostics.length ?? 0) === 0 ? true : undefined));
    await isWell();
  });

  test("types a thousand times without a pause: what counts is the last", async () => {
    await client.open(uri, hpa(600));
    for (let window = 1; window < 1000; window++) await client.write(uri, hpa(window));
    await client.write(uri, hpa(15));
    assert.deepEqual(codesOf(await client.pushed(uri, ({ version }) => version === 1001)), [window]);
  });

  test("sends parameters of every wrong form", async () => {
    await client.open(uri, hpa(15));
    await client.pushedNow(uri);
    const wrong = [null, undefined, 5, "text", [], [1], {}, { textDocument: null }, { textDocument: { uri: 5 } }];
    const wrongChanges = [null, 5, [null], [{}], [{ text: 5 }], [{ range: null, text: "" }], [{ range: {}, text: "" }]];
    const told = [
      "textDocument/didOpen",
      "textDocument/didChange",
      "textDocument/didClose",
      "workspace/didChangeWatchedFiles",
      "workspace/didChangeConfiguration",
      "workspace/didChangeWorkspaceFolders",
      "$/cancelRequest",
      "$/setTrace",
    ];
    for (const method of told) for (const params of wrong) await client.notify(method, params);
    for (const contentChanges of wrongChanges) {
      await client.notify("textDocument/didChange", { textDocument: { uri, version: 2 }, contentChanges });
    }
    for (const changes of [null, 5, [null], [{}], [{ uri: 5, type: "x" }], [{ uri: "::", type: 9 }]]) {
      await client.notify("workspace/didChangeWatchedFiles", { changes });
    }
    const asked = [
      "textDocument/codeAction",
      "textDocument/completion",
      "textDocument/hover",
      "textDocument/diagnostic",
      "workspace/diagnostic",
      "workspace/executeCommand",
    ];
    for (const method of asked) for (const params of wrong) await client.ask(method, params).catch(() => {});
    for (const range of [null, {}, { start: 5, end: 5 }]) {
      await client
        .ask("textDocument/codeAction", { textDocument: { uri }, range, context: { diagnostics: [{ data: 5 }] } })
        .catch(() => {});
    }
    await assert.rejects(client.ask("textDocument/doesNotExist", {}), { code: -32601 });
    await client.write(uri, hpa(16));
    assert.deepEqual(codesOf(await client.pushedNow(uri)), [window]);
  });

  test("names documents in ways that are no URI", async () => {
    await client.open("", hpa(15));
    for (const strange of [
      ":",
      "no uri",
      "C:\\a.yaml",
      "file://host/a.yaml",
      "file:///%zz/%ff.yaml",
      "file:a.yaml",
      "x:\ud800",
    ]) {
      await client.open(strange, hpa(15));
      assert.deepEqual(codesOf(await client.pushedNow(strange)), [window], strange);
      await client.close(strange);
    }
    await isWell();
  });

  test("sends bytes that are no message", async () => {
    client.process.stdin?.write('Content-Length: 9\r\n\r\n{"broken"');
    client.process.stdin?.write("Content-Length: 2\r\n\r\n[]");
    client.process.stdin?.write("Content-Length: 4\r\n\r\nnull");
    await isWell();
  });
});

describe("the order of a conversation", { timeout: 60_000 }, () => {
  test("nothing is answered before initialize", async () => {
    const client = await Client.spawn();
    const textDocument = { uri: "file:///a.yaml" };
    await client.notify("textDocument/didOpen", { textDocument: { ...textDocument, text: hpa(15), version: 1 } });
    await assert.rejects(client.ask("textDocument/hover", { textDocument, position: rangeAt(0).start }), {
      code: -32002,
    });
    await client.initialize({ folders: null });
    await client.notify("initialized", {});
    assert.equal(await client.stop(), 0);
  });

  test("a client that never says initialized is answered all the same", async () => {
    const folder = new DiskFolder();
    const client = await Client.spawn();
    await client.initialize({ folders: [folder.uri()], capabilities: { textDocument: { diagnostic: {} } } });
    await client.open(folder.uri("hpa.yaml"), hpa(15));
    const report = await client.ask<{ items: { code: string }[] }>("textDocument/diagnostic", {
      textDocument: { uri: folder.uri("hpa.yaml") },
    });
    assert.ok(report.items.some(({ code }) => code === window));
    assert.equal(await client.stop(), 0);
    folder.delete();
  });

  test("nothing is answered after shutdown, also not what was asked before", async () => {
    const folder = new DiskFolder({ "hpa.yaml": hpa(15) });
    const client = await Client.start({ folders: [folder.uri()] });
    const uri = folder.uri("hpa.yaml");
    await client.open(uri, hpa(15));
    const before = client.actions(uri, rangeAt(windowLine, 36)).catch(() => []);
    const down = client.ask("shutdown", undefined);
    const after = client.ask("textDocument/hover", { textDocument: { uri }, position: rangeAt(0).start });
    await assert.rejects(after, { code: -32600 });
    assert.equal(await down, null);
    await before;
    const exit = once(client.process, "exit");
    await client.notify("exit", undefined);
    assert.deepEqual(await exit, [0, null]);
    folder.delete();
  });

  test("a client that leaves without a word ends the server", async () => {
    const client = await Client.start({ folders: null });
    const exit = once(client.process, "exit");
    client.process.stdin?.end();
    assert.deepEqual(await exit, [1, null]);
  });
});

describe("a disk with surprises", { timeout: 60_000, skip: process.platform === "win32" }, () => {
  test("each is passed over, and what is sound is judged", async () => {
    const folder = new DiskFolder({
      "sound.yaml": hpa(15),
      "empty.yaml": "",
      "directory.yaml/inside.yaml": deployment(5),
    });
    folder.write("nul.yaml", "a: \0");
    folder.write("bytes.yaml", new Uint8Array([0xc3, 0x28]));
    folder.write("large.yaml", new Uint8Array(10 * 1024 * 1024 + 1).fill(0x61));
    folder.write("utf16.yaml", Buffer.from(`\ufeff${hpa(15).replaceAll("llama", "mistral")}`, "utf16le"));
    folder.write("mark.yaml", `\ufeff${hpa(15).replaceAll("llama", "qwen")}`);
    execFileSync("mkfifo", [folder.path("fifo.yaml")]);
    symlinkSync("/dev/zero", folder.path("zero.yaml"));
    symlinkSync("nowhere", folder.path("dangling.yaml"));
    symlinkSync(".", folder.path("circle"));
    symlinkSync("loop.yaml", folder.path("loop.yaml"));
    symlinkSync("sound.yaml", folder.path("link.yaml"));
    const client = await Client.start({ folders: [folder.uri()] });
    for (const name of ["sound.yaml", "utf16.yaml", "mark.yaml"]) {
      const found = await client.pushed(folder.uri(name), ({ diagnostics }) => diagnostics.length > 0);
      assert.deepEqual(codesOf(found), [window], name);
    }
    for (const name of ["nul.yaml", "bytes.yaml", "large.yaml"]) {
      assert.ok(
        client.logged.some((line) => line.includes(`Not read: ${folder.path(name)}`)),
        name,
      );
    }
    for (const name of ["fifo.yaml", "zero.yaml", "loop.yaml"]) {
      await client.changedOnDisk({ uri: folder.uri(name), type: 1 });
    }
    await client.open(folder.uri("fifo.yaml"), hpa(15));
    await client.close(folder.uri("fifo.yaml"));
    assert.equal(await client.stop(), 0);
    folder.delete();
  });
});
