import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, lint } from "../../support/lint.ts";
import { saidBy } from "../values/said.ts";

const rule = "lmcache/runtime-size";
const runtime = (cache: string) => `apiVersion: production-stack.vllm.ai/v1alpha1
kind: VLLMRuntime
metadata: {name: qwen3}
spec:
  lmCacheConfig: {${cache}}
`;
const both = (cpu: string, disk = '"0"') =>
  runtime(`enabled: true, cpuOffloadingBufferSize: ${cpu}, diskOffloadingBufferSize: ${disk}`);

describe("the sizes of a VLLMRuntime's cache", () => {
  const table: [title: string, text: string, expected: string[]][] = [
    ["plain numbers", both('"20"'), []],
    ["a unit", both('"20Gi"'), ['error "20Gi"']],
    ["a unit of the disk", both('"20"', '"1Ti"'), ['error "1Ti"']],
    ["the CRD's default", runtime('enabled: true, diskOffloadingBufferSize: "0"'), ["error true"]],
    ["both defaults", runtime("enabled: true"), ["error true", "error true"]],
    ["a cache that is off", runtime('enabled: false, cpuOffloadingBufferSize: "4Gi"'), []],
    ["a size filled in later", both('"${SIZE}"'), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));

  test("are mended to numbers of GiB", () => {
    const files = { "values.yaml": both('"1Ti"') };
    const [finding] = lint(files);
    assert.deepEqual(applyEdits(files, finding?.fixes[0]?.edits ?? []), { "values.yaml": both('"1024"') });
  });
});
