import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { configFileName } from "../../server/config/settings.ts";
import { bundledServer } from "./support/bundle.ts";
import { Client, codesOf, rangeAt } from "./support/client.ts";
import { DiskFolder } from "./support/folder.ts";
import { hpa } from "./support/manifests.ts";

describe("opening a file fetches nothing", { timeout: 120_000 }, () => {
  const folder = new DiskFolder();
  const outside = new DiskFolder();
  const requests: string[] = [];
  let bait: Server;
  let client: Client;
  let url: string;

  before(async () => {
    bait = createServer((request, response) => {
      requests.push(request.url ?? "");
      response.end('{"properties": {"bait": {"description": "taken"}}}');
    });
    await new Promise<void>((resolve) => bait.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(bait.address() as AddressInfo).port}`;
    outside.write("seen.txt", "");
    outside.write("schema.json", '{"properties": {"bait": {"description": "taken"}}}');
    process.env["HEADROOM_WITNESS"] = outside.path("seen.txt");
    client = await Client.start({
      folders: [folder.uri()],
      node: ["--require", resolve("test/editor/support/witness.cjs")],
    });
  });

  after(async () => {
    assert.equal(await client.stop(), 0);
    bait.close();
    folder.delete();
    outside.delete();
  });

  const schemas = () => [
    `${url}/schema.json`,
    outside.uri("schema.json"),
    outside.path("schema.json"),
    "file:///etc/passwd",
    "../../../../../../etc/passwd",
  ];

  for (const [what, first] of [
    ["a modeline", (schema: string) => `# yaml-language-server: $schema=${schema}\n`],
    ["a modeline of another kind", (schema: string) => `# $schema: ${schema}\n`],
    ["a $schema key", (schema: string) => `$schema: ${schema}\n`],
    ["a $schema key in disguise", (schema: string) => `"\\u0024schema": ${schema}\n`],
    ["a $ref", (schema: string) => `$ref: ${schema}\n`],
  ] as const) {
    test(`${what} leads nowhere`, async () => {
      for (const schema of schemas()) {
        for (const name of [configFileName, "manifest.yaml"]) {
          const uri = folder.uri(name);
          const text = `${first(schema)}${name === configFileName ? "" : "---\n"}${name === configFileName ? "rules:\n  \n" : hpa(15)}`;
          await client.open(uri, text);
          await client.pushedNow(uri);
          for (const position of [
            { line: 1, character: 1 },
            { line: 2, character: 2 },
          ]) {
            const answers = [
              await client.ask("textDocument/completion", { textDocument: { uri }, position }),
              await client.ask("textDocument/hover", { textDocument: { uri }, position }),
            ];
            assert.doesNotMatch(JSON.stringify(answers), /bait|taken/);
          }
          await client.actions(uri, rangeAt(0));
          await client.close(uri);
        }
      }
      assert.deepEqual(requests, []);
    });
  }

  test("our own schema still counts under a foreign modeline", async () => {
    const uri = folder.uri(configFileName);
    await client.open(uri, `# yaml-language-server: $schema=${url}/schema.json\nrules:\n  \n`);
    const list = await client.ask<{ items: { label: string }[] }>("textDocument/completion", {
      textDocument: { uri },
      position: { line: 2, character: 2 },
    });
    assert.ok(list.items.some(({ label }) => label === "hpa/scale-up-window"));
  });

  test("a file that is found on disk leads nowhere either", async () => {
    folder.write("found.yaml", `# yaml-language-server: $schema=${url}/schema.json\n---\n${hpa(15)}`);
    await client.changedOnDisk({ uri: folder.uri("found.yaml"), type: 1 });
    const found = await client.pushed(folder.uri("found.yaml"), ({ diagnostics }) => diagnostics.length > 0);
    assert.deepEqual(codesOf(found), ["hpa/scale-up-window"]);
    assert.deepEqual(requests, []);
  });

  test("nothing was opened but its own code and the files of the workspace", async () => {
    const lines = readFileSync(outside.path("seen.txt"), "utf8").split("\n");
    const reads = lines.filter((line) => line.startsWith(`read ${folder.path()}`));
    assert.ok(reads.includes(`read ${folder.path("found.yaml")}`), "the witness slept");
    const own = `read ${await bundledServer()}`;
    assert.deepEqual(
      lines.filter((line) => line !== "" && line !== own && !reads.includes(line)),
      [],
    );
  });
});
