import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { epp, mended, running } from "./support.ts";

describe("a type of plugin that got another name", () => {
  const rule = "schema/deprecated-key";
  const filter = (plugin: string) => ({
    "epp.yaml": epp(`plugins:
  - ${plugin}
    parameters: {matchLabels: {llm-d.ai/role: decode}}
schedulingProfiles:
  - name: default
    plugins: [{pluginRef: by-label-selector}]`),
    ...running("0.10"),
  });

  test("is written, and what refers to it finds it", () => {
    const [before, after] = ["type: by-label-selector # decode", "type: label-selector-filter # decode"].map(filter);
    assert.ok(before !== undefined && after !== undefined);
    const expected = after["epp.yaml"]?.replace("decode}}\n", "decode}}\n    name: by-label-selector\n");
    assert.equal(mended(rule, before, "Write label-selector-filter")["epp.yaml"], expected);
  });

  test("is written alone where the plugin has a name or nobody names it", () => {
    const files = (plugin: string) => ({
      "epp.yaml": epp(`plugins: [${plugin}, {type: queue-scorer}]`),
      ...running("0.9"),
    });
    assert.deepEqual(mended(rule, files("{type: tokenizer}"), "Write token-producer"), files("{type: token-producer}"));
    assert.deepEqual(
      mended(rule, files("{type: tokenizer, name: tokens}"), "Write token-producer"),
      files("{type: token-producer, name: tokens}"),
    );
  });
});
