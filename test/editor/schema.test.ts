import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { CompletionList, Hover } from "vscode-languageserver-protocol/node";
import { configFileName } from "../../server/config/settings.ts";
import { atCursor, Client } from "./support/client.ts";
import { DiskFolder } from "./support/folder.ts";

describe(configFileName, { timeout: 120_000 }, () => {
  const folder = new DiskFolder();
  let client: Client;

  before(async () => {
    client = await Client.start({ folders: [folder.uri()] });
  });

  after(async () => {
    assert.equal(await client.stop(), 0);
    folder.delete();
  });

  async function ask<Answer>(method: string, marked: string, name: string): Promise<Answer> {
    const { text, position } = atCursor(marked);
    const uri = folder.uri(name);
    await client.open(uri, text);
    return client.ask<Answer>(method, { textDocument: { uri }, position });
  }

  async function completed(marked: string, name = configFileName): Promise<string[] | null> {
    const list = await ask<CompletionList | null>("textDocument/completion", marked, name);
    return list?.items.map(({ label }) => label) ?? null;
  }

  async function hovered(marked: string, name = configFileName): Promise<string | null> {
    const hover = await ask<Hover | null>("textDocument/hover", marked, name);
    return hover === null ? null : (hover.contents as { value: string }).value;
  }

  describe("completes", () => {
    test("its sections", async () => {
      assert.deepEqual((await completed("|"))?.slice(0, 4), ["versions", "environments", "podStartup", "rules"]);
      assert.ok((await completed("versions:\n  keda: 2.18\nru|\n"))?.includes("rules"));
    });

    test("what runs", async () => {
      assert.deepEqual(await completed("versions:\n  |\n"), ["kubernetes", "keda", "wva", "vllm", "lmcache", "router"]);
      assert.deepEqual((await completed("versions:\n  keda: 2.18\n  |\n"))?.includes("keda"), false);
    });

    test("rules and their severities", async () => {
      assert.ok((await completed("rules:\n  |\n"))?.includes("hpa/scale-up-window"));
      assert.deepEqual(await completed("rules:\n  hpa/scale-up-window: |\n"), ["error", "warning", "info", '"off"']);
      assert.ok(
        (await completed("overrides:\n  - files: a.yaml\n    rules:\n      |\n"))?.includes("hpa/scale-up-window"),
      );
    });

    test("environments", async () => {
      assert.deepEqual(await completed('environments:\n  "dev/**": |\n'), [
        "production",
        "staging",
        "development",
        "e2e",
      ]);
    });
  });

  describe("explains", () => {
    test("a section and a rule, and does not say where the words come from", async () => {
      assert.match((await hovered("ru|les: {}\n")) ?? "", /Severity of rules/);
      const rule = (await hovered("rules:\n  hpa/scale|-up-window: error\n")) ?? "";
      assert.match(rule, /Scale-up window shorter than two pod starts/);
      assert.doesNotMatch(rule, /Source:/);
    });

    test("nothing where there is nothing", async () => {
      assert.equal(await hovered("unknown|: 1\n"), null);
    });
  });

  test("another file of which nobody knows what it is has neither", async () => {
    assert.equal(await completed("|", "values.yaml"), null);
    assert.equal(await hovered("kind|: ConfigMap\n", "values.yaml"), null);
  });

  test("in another directory, and after a change of its text", async () => {
    assert.ok((await completed("|", `deep/${configFileName}`))?.includes("rules"));
    assert.ok((await completed("rules:\n  |\n", `deep/${configFileName}`))?.includes("hpa/scale-up-window"));
  });

  for (const [what, text] of [
    [
      "aliases that multiply",
      `a: &a [1,1,1,1]\n${["b", "c", "d", "e", "f", "g", "h"].map((key, index) => `${key}: &${key} [${`*${"abcdefg"[index]},`.repeat(9)}]\n`).join("")}|`,
    ],
    ["an alias inside its anchor", "rules: &x\n  a: *x\nv|: 1\n"],
    ["a merge of itself", "rules: &x\n  <<: *x\nv|: 1\n"],
    ["deep nesting", `rules: ${"[".repeat(300)}|`],
    ["very many keys", `rules:\n${Array.from({ length: 50_000 }, (_, index) => `  k${index}: off\n`).join("")}|`],
    ["text that cannot be parsed", "rules: {\n  |\n"],
  ] as const) {
    test(`survives ${what}`, async () => {
      await completed(text);
      await hovered(text);
      assert.ok((await completed("|"))?.includes("rules"));
    });
  }
});
