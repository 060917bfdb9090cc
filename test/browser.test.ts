import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { build } from "esbuild";

const core = `
import { kinds } from "./server/kinds/registry.ts";
import { Pipeline } from "./server/pipeline.ts";
import { rules } from "./server/rules/registry.ts";
const pipeline = new Pipeline(kinds, rules);
pipeline.update("a.yaml", "a: [1\\nb: 2\\n");
pipeline.refresh();
globalThis.found = pipeline.findingsOf("a.yaml").map(({ rule }) => rule);
`;

test("the core runs where there is no Node: no file system, no process, no network", async () => {
  const bundled = await build({
    stdin: { contents: core, resolveDir: process.cwd(), loader: "ts" },
    bundle: true,
    platform: "browser",
    format: "iife",
    write: false,
    logLevel: "silent",
  });
  const page: { found?: string[] } = {};
  vm.runInNewContext(bundled.outputFiles[0]?.text ?? "", page);
  assert.deepEqual([...(page.found ?? [])], ["yaml/syntax"]);
});
