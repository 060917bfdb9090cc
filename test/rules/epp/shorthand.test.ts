import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mended, said } from "./support.ts";

describe("the shorthand of tutorials", () => {
  const rule = "epp/shorthand";
  const table: [text: string, ...said: string[]][] = [
    ["scorers: [{type: prefix-aware, weight: 100}]", "error scorers"],
    ["nixl: {backend: ucx, transport: rdma}", "error nixl"],
    ["prefill: {replicas: 8, tensorParallel: 1}", "error prefill"],
    ["scorers: [{type: bleu}]"],
  ];
  for (const [text, ...expected] of table)
    test(text, () => assert.deepEqual(said(rule, { "a.yaml": `${text}\n` }), expected));

  test("becomes a configuration with the same weights", () => {
    const files = { "a.yaml": "# ours\nscorers:\n  - type: prefix-aware\n    weight: 100\n  - type: load-aware\n" };
    assert.deepEqual(mended(rule, files, "Write it as an EndpointPickerConfig"), {
      "a.yaml": `# ours
apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: prefix-cache-scorer
  - type: load-aware-scorer
schedulingProfiles:
  - name: default
    plugins:
      - pluginRef: prefix-cache-scorer
        weight: 100
      - pluginRef: load-aware-scorer
        weight: 1
`,
    });
  });

  test("with a scorer of no meaning is left to its author", () => {
    assert.throws(
      () => mended(rule, { "a.yaml": "scorers:\n  - type: prefix-aware\n  - type: cost-aware\n" }, "any"),
      /there is no fix/,
    );
  });
});
