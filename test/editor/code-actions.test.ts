import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { metricTypeInMetadata } from "../../server/rules/keda/metric-type-in-metadata.ts";
import { readExample } from "../support/example.ts";
import { Client, codesOf, rangeAt } from "./support/client.ts";
import { DiskFolder } from "./support/folder.ts";
import { deployment, hpa, windowLine } from "./support/manifests.ts";

const capabilities = {
  workspace: { workspaceEdit: { documentChanges: true } },
  window: { showDocument: { support: true } },
};

describe("code actions", { timeout: 120_000 }, () => {
  let folder: DiskFolder;
  let client: Client;
  let uri: string;

  beforeEach(async () => {
    folder = new DiskFolder();
    client = await Client.start({ folders: [folder.uri()], capabilities });
    uri = folder.uri("manifest.yaml");
  });

  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    folder.delete();
  });

  /** Opens the document and waits until it is judged. */
  async function open(text: string): Promise<void> {
    await client.open(uri, text);
    await client.pushedNow(uri);
  }

  const titled = async (title: RegExp, line = windowLine) =>
    (await client.actions(uri, rangeAt(line, 36))).find((action) => title.test(action.title));

  test("a quick fix mends what its diagnostic says", async () => {
    await open(hpa(15));
    const action = await titled(/^Set the scale-up window/);
    assert.equal(action?.kind, "quickfix");
    assert.deepEqual(codesOf(action?.diagnostics ?? []), ["hpa/scale-up-window"]);
    assert.equal(action?.isPreferred, false, "a suggestion is for a person to decide");
    assert.deepEqual(await client.apply(action?.edit), [hpa(180)]);
    assert.deepEqual(await client.pushedNow(uri), []);
  });

  test("it fits the text of this moment, not of the last diagnostics", async () => {
    await open(hpa(15));
    await client.edit(uri, rangeAt(0), "# moved down\n".repeat(3));
    const action = await titled(/^Set the scale-up window/, windowLine + 3);
    assert.deepEqual(await client.apply(action?.edit), [`${"# moved down\n".repeat(3)}${hpa(180)}`]);
  });

  test("where nothing is found there is nothing to do", async () => {
    await open(hpa(15));
    assert.deepEqual(await client.actions(uri, rangeAt(2)), []);
    assert.deepEqual(await client.actions(folder.uri("unknown.yaml"), rangeAt(0)), []);
  });

  test("a client that asks for other kinds gets none of these", async () => {
    await open(hpa(15));
    assert.deepEqual(await client.actions(uri, rangeAt(windowLine, 36), ["refactor"]), []);
    assert.deepEqual(await client.actions(uri, rangeAt(windowLine, 36), ["source.organizeImports"]), []);
  });

  test("a safe fix that is alone is the preferred one", async () => {
    const text = readExample(metricTypeInMetadata.examples.bad).files["manifest.yaml"] ?? "";
    await open(text);
    const [found] = await client.pushedNow(uri);
    assert.ok(found !== undefined);
    const [action] = await client.actions(uri, found.range);
    assert.equal(action?.isPreferred, true);
  });

  test("suppressing writes a comment above the line, for the author to say why", async () => {
    await open(hpa(15));
    const action = await titled(/^Suppress hpa\/scale-up-window/);
    const [text] = await client.apply(action?.edit);
    assert.equal(text?.split("\n")[windowLine], "      # headroom-disable-next-line hpa/scale-up-window -- ");
    assert.deepEqual(codesOf(await client.pushedNow(uri)), ["suppression/no-reason"]);
  });

  test("what is said of a suppression cannot be suppressed", async () => {
    await open(`# headroom-disable-next-line hpa/scale-up-window\n${deployment(5)}`);
    const found = await client.pushedNow(uri);
    assert.deepEqual(codesOf(found), ["suppression/no-reason", "suppression/unused"]);
    const actions = await client.actions(uri, found[0]?.range ?? rangeAt(0));
    assert.deepEqual(
      actions.filter(({ title }) => title.startsWith("Suppress")),
      [],
    );
  });

  test("the page of a rule opens in the browser, and no other page", async () => {
    await open(hpa(15));
    const action = await titled(/^Open the documentation/);
    assert.deepEqual(client.initialized?.capabilities.executeCommandProvider?.commands, [action?.command?.command]);
    await client.ask("workspace/executeCommand", action?.command);
    assert.match(client.shown[0] ?? "", /docs\/rules\/hpa\/scale-up-window\.md$/);
    const command = action?.command?.command;
    await client.ask("workspace/executeCommand", { command, arguments: ["https://example.com"] });
    await client.ask("workspace/executeCommand", { command });
    assert.equal(client.shown.length, 1);
  });
});

describe("fixing all", { timeout: 120_000 }, () => {
  const bad = readExample(metricTypeInMetadata.examples.bad).files["manifest.yaml"] ?? "";
  const two = `${bad}---\n${bad.replaceAll("llama", "mistral")}`;
  const kind = "source.fixAll.headroom";
  let folder: DiskFolder;
  let client: Client;
  let uri: string;

  beforeEach(async () => {
    folder = new DiskFolder();
    client = await Client.start({ folders: [folder.uri()], capabilities });
    uri = folder.uri("manifest.yaml");
  });

  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    folder.delete();
  });

  async function open(text: string): Promise<void> {
    await client.open(uri, text);
    await client.pushedNow(uri);
  }

  for (const asked of [kind, "source.fixAll", "source"]) {
    test(`mends every safe finding of the file, asked for as ${asked}`, async () => {
      await open(two);
      const [action, ...others] = await client.actions(uri, rangeAt(0), [asked]);
      assert.deepEqual(others, []);
      assert.equal(action?.kind, kind);
      await client.apply(action?.edit);
      assert.deepEqual(await client.pushedNow(uri), []);
      assert.deepEqual(await client.actions(uri, rangeAt(0), [asked]), []);
    });
  }

  test("leaves suggestions to people", async () => {
    await open(hpa(15));
    assert.deepEqual(await client.actions(uri, rangeAt(0), [kind]), []);
  });

  test("leaves a text alone that cannot be parsed", async () => {
    await open(`${bad}---\nbroken: {\n`);
    assert.ok(codesOf(await client.pushedNow(uri)).includes("yaml/syntax"));
    assert.deepEqual(await client.actions(uri, rangeAt(0), [kind]), []);
  });

  test("trying out leaves no trace in what is found", async () => {
    await open(two);
    const before = await client.pushedNow(uri);
    await client.actions(uri, rangeAt(0), [kind]);
    await client.edit(uri, rangeAt(0), "# a comment\n");
    const after = await client.pushedNow(uri);
    assert.deepEqual(codesOf(after), codesOf(before));
    assert.equal(after[0]?.range.start.line, (before[0]?.range.start.line ?? 0) + 1);
  });
});

test("a client without versioned edits gets plain ones", { timeout: 120_000 }, async () => {
  const folder = new DiskFolder();
  const client = await Client.start({ folders: [folder.uri()] });
  const uri = folder.uri("manifest.yaml");
  await client.open(uri, hpa(15));
  await client.pushedNow(uri);
  const actions = await client.actions(uri, rangeAt(windowLine, 36));
  const action = actions.find(({ title }) => title.startsWith("Set the scale-up window"));
  assert.deepEqual(
    action?.edit?.changes?.[uri]?.map(({ newText }) => newText),
    ["180"],
  );
  assert.equal(
    actions.some(({ command }) => command !== undefined),
    false,
  );
  assert.equal(await client.stop(), 0);
  folder.delete();
});
