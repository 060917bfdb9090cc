import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { DiagnosticSeverity } from "vscode-languageserver-protocol/node";
import { Client, codesOf, type Start } from "./support/client.ts";
import { DiskFolder } from "./support/folder.ts";
import { deployment, hpa, windowLine } from "./support/manifests.ts";

const window = "hpa/scale-up-window";

describe("pushed diagnostics", { timeout: 120_000 }, () => {
  let folder: DiskFolder;
  let client: Client;

  async function begin(files: Record<string, string>, start: Partial<Start> = {}): Promise<void> {
    folder = new DiskFolder(files);
    client = await Client.start({ folders: [folder.uri()], ...start });
  }

  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    folder.delete();
  });

  test("an open document gets its findings, with its version and the page of the rule", async () => {
    await begin({});
    const uri = folder.uri("hpa.yaml");
    await client.open(uri, hpa(15), 7);
    const [found, ...others] = await client.pushed(uri, ({ version }) => version === 7);
    assert.deepEqual(others, []);
    assert.equal(found?.code, window);
    assert.equal(found?.severity, DiagnosticSeverity.Warning);
    assert.equal(found?.source, "headroom");
    assert.equal(found?.range.start.line, windowLine);
    assert.match(found?.codeDescription?.href ?? "", /docs\/rules\/hpa\/scale-up-window\.md$/);
    assert.deepEqual(Object.keys(found?.data ?? {}), ["rule", "fixes"]);
  });

  test("files that are not open are told too, without a version", async () => {
    await begin({ "base/hpa.yaml": hpa(15) });
    const found = await client.pushed(folder.uri("base/hpa.yaml"), ({ version }) => version === undefined);
    assert.deepEqual(codesOf(found), [window]);
  });

  test("a clean file that is not open is not mentioned, an open one is called clean", async () => {
    await begin({ "clean.yaml": deployment(60), "hpa.yaml": hpa(600) });
    await client.open(folder.uri("hpa.yaml"), hpa(600));
    assert.deepEqual(await client.pushedNow(folder.uri("hpa.yaml")), []);
    assert.equal(client.lastPushed(folder.uri("clean.yaml")), undefined);
  });

  test("editing one file changes what is found in another, and says where", async () => {
    await begin({ "hpa.yaml": hpa(180), "deployment.yaml": deployment(60) });
    await client.open(folder.uri("hpa.yaml"), hpa(180));
    await client.open(folder.uri("deployment.yaml"), deployment(60));
    assert.deepEqual(await client.pushedNow(folder.uri("hpa.yaml")), []);
    await client.write(folder.uri("deployment.yaml"), deployment(300));
    const [found] = await client.pushed(folder.uri("hpa.yaml"), ({ diagnostics }) => diagnostics.length === 1);
    assert.equal(found?.relatedInformation?.[0]?.location.uri, folder.uri("deployment.yaml"));
    assert.equal(found?.relatedInformation?.[0]?.location.range.start.line, 5);
  });

  test("a finding leaves with its mistake", async () => {
    await begin({});
    const uri = folder.uri("hpa.yaml");
    await client.open(uri, hpa(15));
    assert.deepEqual(codesOf(await client.pushedNow(uri)), [window]);
    await client.write(uri, hpa(600));
    assert.deepEqual(await client.pushedNow(uri), []);
  });

  test("unsaved text outranks the disk, and on closing the disk counts again", async () => {
    await begin({ "hpa.yaml": hpa(15) });
    const uri = folder.uri("hpa.yaml");
    await client.open(uri, hpa(600));
    assert.deepEqual(await client.pushedNow(uri), []);
    folder.write("hpa.yaml", hpa(20));
    await client.changedOnDisk({ uri, type: 2 });
    await client.write(uri, hpa(601));
    assert.deepEqual(await client.pushedNow(uri), []);
    await client.close(uri);
    const [found] = await client.pushed(
      uri,
      ({ version, diagnostics }) => version === undefined && diagnostics.length > 0,
    );
    assert.match(String(found?.message), /after 20 s/);
  });

  test("a document that was never on disk is gone when it is closed", async () => {
    await begin({});
    for (const uri of [
      folder.uri("hpa.yaml"),
      "untitled:Untitled-1",
      "vscode-vfs://github/owner/repository/hpa.yaml",
    ]) {
      await client.open(uri, hpa(15));
      assert.deepEqual(codesOf(await client.pushedNow(uri)), [window]);
      await client.close(uri);
      await client.pushed(uri, ({ version, diagnostics }) => version === undefined && diagnostics.length === 0);
    }
  });

  test("text that cannot be parsed is told like any finding", async () => {
    await begin({});
    const uri = folder.uri("broken.yaml");
    await client.open(uri, "kind: {ConfigMap\ndata: {}\n");
    assert.deepEqual(codesOf(await client.pushedNow(uri)), ["yaml/syntax"]);
  });

  test("of very many findings in one file the first are told, and how many there are", async () => {
    await begin({});
    const uri = folder.uri("twice.yaml");
    await client.open(uri, `kind: ConfigMap\napiVersion: v1\n${"data: {}\n".repeat(501)}`);
    const found = await client.pushedNow(uri);
    assert.equal(found.length, 201);
    assert.match(String(found[200]?.message), /^300 more findings/);
  });
});

describe("files that change on disk", { timeout: 120_000 }, () => {
  let folder: DiskFolder;
  let client: Client;

  async function begin(files: Record<string, string>): Promise<void> {
    folder = new DiskFolder(files);
    client = await Client.start({ folders: [folder.uri()] });
  }

  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    folder.delete();
  });

  const findings = (uri: string, count: number) =>
    client.pushed(uri, ({ diagnostics }) => diagnostics.length === count);

  test("a created, changed and deleted file", async () => {
    await begin({ "other.yaml": hpa(15).replaceAll("llama", "mistral") });
    await findings(folder.uri("other.yaml"), 1);
    const uri = folder.uri("hpa.yaml");
    folder.write("hpa.yaml", hpa(15));
    await client.changedOnDisk({ uri, type: 1 });
    await findings(uri, 1);
    folder.write("hpa.yaml", hpa(600));
    await client.changedOnDisk({ uri, type: 2 });
    await findings(uri, 0);
    folder.write("hpa.yaml", hpa(15));
    await client.changedOnDisk({ uri, type: 2 });
    await findings(uri, 1);
    folder.delete("hpa.yaml");
    await client.changedOnDisk({ uri, type: 3 });
    await findings(uri, 0);
  });

  test("a renamed directory, of which only its own name is told", async () => {
    await begin({ "old/hpa.yaml": hpa(15), "old/deep/hpa.yaml": hpa(15) });
    await findings(folder.uri("old/hpa.yaml"), 1);
    await findings(folder.uri("old/deep/hpa.yaml"), 1);
    folder.rename("old", "new");
    await client.changedOnDisk({ uri: folder.uri("old"), type: 3 }, { uri: folder.uri("new/hpa.yaml"), type: 1 });
    await findings(folder.uri("old/hpa.yaml"), 0);
    await findings(folder.uri("old/deep/hpa.yaml"), 0);
    await findings(folder.uri("new/hpa.yaml"), 1);
  });

  test("files that git ignores and packages of Node are not read, until git ignores them no longer", async () => {
    await begin({
      ".gitignore": "rendered/\n",
      "rendered/hpa.yaml": hpa(15),
      "node_modules/package/hpa.yaml": hpa(15),
      "hpa.yaml": hpa(15).replaceAll("llama", "mistral"),
    });
    await findings(folder.uri("hpa.yaml"), 1);
    assert.equal(client.lastPushed(folder.uri("rendered/hpa.yaml")), undefined);
    assert.equal(client.lastPushed(folder.uri("node_modules/package/hpa.yaml")), undefined);
    await client.changedOnDisk({ uri: folder.uri("rendered/hpa.yaml"), type: 2 });
    folder.write(".gitignore", "");
    await client.changedOnDisk({ uri: folder.uri(".gitignore"), type: 2 });
    await findings(folder.uri("rendered/hpa.yaml"), 1);
    folder.write(".gitignore", "hpa.yaml\n!/hpa.yaml\n");
    await client.changedOnDisk({ uri: folder.uri(".gitignore"), type: 2 });
    await findings(folder.uri("rendered/hpa.yaml"), 0);
    assert.equal(client.lastPushed(folder.uri("hpa.yaml"))?.diagnostics.length, 1);
  });

  test("the client is asked to watch manifests, rules of git and deletions", async () => {
    folder = new DiskFolder();
    client = await Client.start({
      folders: [folder.uri()],
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    const registration = await client.until(() => client.registered[0]);
    assert.equal(registration.method, "workspace/didChangeWatchedFiles");
    assert.deepEqual(registration.registerOptions, {
      watchers: [
        { globPattern: "**/*.{yaml,yml}" },
        { globPattern: "**/.gitignore" },
        { globPattern: "**/*", kind: 4 },
      ],
    });
  });

  test("a file that cannot be read is a line in the log, and the others are read", async () => {
    await begin({ "hpa.yaml": hpa(15) });
    await findings(folder.uri("hpa.yaml"), 1);
    folder.write("bytes.yaml", new Uint8Array([0x61, 0x3a, 0xff]));
    folder.write("next.yaml", hpa(15).replaceAll("llama", "mistral"));
    await client.changedOnDisk({ uri: folder.uri("bytes.yaml"), type: 1 }, { uri: folder.uri("next.yaml"), type: 1 });
    await findings(folder.uri("next.yaml"), 1);
    assert.ok(client.logged.some((line) => /bytes\.yaml: Line 1 is not valid UTF-8/.test(line)));
  });
});
