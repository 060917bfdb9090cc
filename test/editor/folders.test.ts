import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { DiagnosticSeverity } from "vscode-languageserver-protocol/node";
import { Client, codesOf } from "./support/client.ts";
import { DiskFolder } from "./support/folder.ts";
import { deployment, hpa } from "./support/manifests.ts";

const off = "rules:\n  hpa/scale-up-window: off\n";
const asError = "rules:\n  hpa/scale-up-window: error\n";

describe("workspace folders", { timeout: 120_000 }, () => {
  let folder: DiskFolder;
  let client: Client;

  const findings = (path: string, count: number) =>
    client.pushed(folder.uri(path), ({ diagnostics }) => diagnostics.length === count);

  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    folder.delete();
  });

  test("files of different folders do not speak of each other", async () => {
    folder = new DiskFolder({ "a/hpa.yaml": hpa(180), "b/deployment.yaml": deployment(300), "b/hpa.yaml": hpa(181) });
    client = await Client.start({ folders: [folder.uri("a"), folder.uri("b")] });
    await findings("b/hpa.yaml", 1);
    await client.open(folder.uri("a/hpa.yaml"), hpa(180));
    assert.deepEqual(await client.pushedNow(folder.uri("a/hpa.yaml")), []);
  });

  test("of folders inside each other the outer one has all files, each told once and linked with all", async () => {
    folder = new DiskFolder({ "apps/hpa.yaml": hpa(180), "apps/deployment.yaml": deployment(60) });
    client = await Client.start({ folders: [folder.uri("apps"), folder.uri()] });
    await client.open(folder.uri("apps/hpa.yaml"), hpa(180));
    assert.deepEqual(await client.pushedNow(folder.uri("apps/hpa.yaml")), []);
    folder.write("apps/deployment.yaml", deployment(300));
    await client.changedOnDisk({ uri: folder.uri("apps/deployment.yaml"), type: 2 });
    await findings("apps/hpa.yaml", 1);
  });

  test("a folder inside another is read even if git ignores it there", async () => {
    folder = new DiskFolder({ ".git/HEAD": "", ".gitignore": "vendored/\n", "vendored/hpa.yaml": hpa(15) });
    client = await Client.start({ folders: [folder.uri(), folder.uri("vendored")] });
    await findings("vendored/hpa.yaml", 1);
  });

  test("of a large folder every file is told of, and what is typed meanwhile counts", async () => {
    const apps = Array.from({ length: 90 }, (_, index) => `app${index}/hpa.yaml`);
    folder = new DiskFolder(Object.fromEntries(apps.map((path) => [path, hpa(15)])));
    client = await Client.start({ folders: [folder.uri()] });
    const [typed, left] = [folder.uri("app80/hpa.yaml"), folder.uri("app81/hpa.yaml")];
    await client.open(left, hpa(15));
    await client.open(typed, hpa(15));
    const found = client.pushed(typed, ({ diagnostics }) => diagnostics.length === 1);
    await client.write(typed, `# more\n${hpa(15)}`);
    await found;
    await client.write(typed, hpa(180));
    for (const path of apps) if (path !== "app80/hpa.yaml") await findings(path, 1);
    await findings("app80/hpa.yaml", 0);
  });

  test("folders come and go while the server runs", async () => {
    folder = new DiskFolder({ "a/hpa.yaml": hpa(15), "b/hpa.yaml": hpa(15) });
    client = await Client.start({
      folders: [folder.uri("a")],
      capabilities: { workspace: { workspaceFolders: true } },
    });
    await findings("a/hpa.yaml", 1);
    const event = {
      added: [{ uri: folder.uri("b"), name: "b" }],
      removed: [{ uri: folder.uri("a"), name: "a" }],
    };
    await client.notify("workspace/didChangeWorkspaceFolders", { event });
    await findings("b/hpa.yaml", 1);
    await findings("a/hpa.yaml", 0);
  });

  test("a client of old that names one root is understood", async () => {
    folder = new DiskFolder({ "hpa.yaml": hpa(15) });
    client = await Client.spawn();
    await client.ask("initialize", { processId: null, rootUri: folder.uri(), capabilities: {} });
    await client.notify("initialized", {});
    await findings("hpa.yaml", 1);
  });

  test("names with spaces, percent signs and letters of all languages", async () => {
    const path = "überlast #1/100% {größe}.yaml";
    folder = new DiskFolder({ [path]: hpa(15) });
    client = await Client.start({ folders: [folder.uri()] });
    await client.open(folder.uri(path), hpa(15));
    assert.deepEqual(codesOf(await client.pushedNow(folder.uri(path))), ["hpa/scale-up-window"]);
  });
});

describe("configuration", { timeout: 120_000 }, () => {
  let folder: DiskFolder;
  let client: Client;

  const findings = (path: string, count: number) =>
    client.pushed(folder.uri(path), ({ diagnostics }) => diagnostics.length === count);

  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    folder.delete();
  });

  test("a change of headroom.config.yaml on disk judges all files anew", async () => {
    folder = new DiskFolder({ "a.yaml": hpa(15), "b.yaml": hpa(15).replaceAll("llama", "mistral") });
    client = await Client.start({ folders: [folder.uri()] });
    await findings("a.yaml", 1);
    await findings("b.yaml", 1);
    folder.write("headroom.config.yaml", off);
    await client.changedOnDisk({ uri: folder.uri("headroom.config.yaml"), type: 1 });
    await findings("a.yaml", 0);
    await findings("b.yaml", 0);
  });

  test("so does typing in it, before it is saved", async () => {
    folder = new DiskFolder({ "a.yaml": hpa(15), "headroom.config.yaml": "" });
    client = await Client.start({ folders: [folder.uri()] });
    await findings("a.yaml", 1);
    const uri = folder.uri("headroom.config.yaml");
    await client.open(uri, "");
    await client.write(uri, asError);
    await client.pushed(
      folder.uri("a.yaml"),
      ({ diagnostics: [found] }) => found?.severity === DiagnosticSeverity.Error,
    );
    await client.write(uri, off);
    await findings("a.yaml", 0);
    await client.close(uri);
    await findings("a.yaml", 1);
  });

  test("one above the workspace folder counts, also while it is open and unsaved", async () => {
    folder = new DiskFolder({
      "headroom.config.yaml": off,
      "apps/hpa.yaml": hpa(15),
      "apps/deployment.yaml": deployment(9),
    });
    client = await Client.start({ folders: [folder.uri("apps")] });
    await client.open(folder.uri("apps/hpa.yaml"), hpa(15));
    assert.deepEqual(await client.pushedNow(folder.uri("apps/hpa.yaml")), []);
    await client.open(folder.uri("headroom.config.yaml"), asError);
    const [found] = await findings("apps/hpa.yaml", 1);
    assert.equal(found?.severity, DiagnosticSeverity.Error);
    await client.close(folder.uri("headroom.config.yaml"));
    await findings("apps/hpa.yaml", 0);
  });

  test("a document outside of every folder obeys the nearest one above it", async () => {
    folder = new DiskFolder({ "headroom.config.yaml": asError, "deep/down/hpa.yaml": hpa(15), "w/x.yaml": "" });
    client = await Client.start({ folders: [folder.uri("w")] });
    await client.open(folder.uri("deep/down/hpa.yaml"), hpa(15));
    const [found] = await client.pushedNow(folder.uri("deep/down/hpa.yaml"));
    assert.equal(found?.severity, DiagnosticSeverity.Error);
    await client.close(folder.uri("deep/down/hpa.yaml"));
    await findings("deep/down/hpa.yaml", 0);
  });

  test("no workspace at all is no hindrance", async () => {
    folder = new DiskFolder();
    client = await Client.start({ folders: null });
    await client.open(folder.uri("hpa.yaml"), hpa(15));
    assert.equal((await client.pushedNow(folder.uri("hpa.yaml"))).length, 1);
  });
});

describe("settings of the editor", { timeout: 120_000 }, () => {
  let folder: DiskFolder;
  let client: Client;

  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    folder.delete();
  });

  const findings = (path: string, count: number) =>
    client.pushed(folder.uri(path), ({ diagnostics }) => diagnostics.length === count);

  test("headroom.workspaceDiagnostics: false keeps to the open documents, and can be changed any time", async () => {
    folder = new DiskFolder({ "open.yaml": hpa(15), "closed.yaml": hpa(15).replaceAll("llama", "mistral") });
    client = await Client.start({
      folders: [folder.uri()],
      initializationOptions: { headroom: { workspaceDiagnostics: false } },
    });
    await client.open(folder.uri("open.yaml"), hpa(15));
    await findings("open.yaml", 1);
    await client.write(folder.uri("open.yaml"), hpa(16));
    await client.pushedNow(folder.uri("open.yaml"));
    assert.equal(client.lastPushed(folder.uri("closed.yaml")), undefined);
    await client.notify("workspace/didChangeConfiguration", { settings: { headroom: { workspaceDiagnostics: true } } });
    await findings("closed.yaml", 1);
    await client.notify("workspace/didChangeConfiguration", {
      settings: { headroom: { workspaceDiagnostics: false } },
    });
    await findings("closed.yaml", 0);
    await client.close(folder.uri("open.yaml"));
    await findings("open.yaml", 0);
  });

  test("a client that can be asked is asked", async () => {
    folder = new DiskFolder({ "closed.yaml": hpa(15) });
    client = await Client.start({
      folders: [folder.uri()],
      capabilities: { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
      settings: { workspaceDiagnostics: true, unknown: "x".repeat(1_000_000) },
    });
    await findings("closed.yaml", 1);
    assert.equal(client.registered[0]?.method, "workspace/didChangeConfiguration");
    client.settings = { workspaceDiagnostics: false };
    await client.notify("workspace/didChangeConfiguration", { settings: null });
    await findings("closed.yaml", 0);
  });
});
