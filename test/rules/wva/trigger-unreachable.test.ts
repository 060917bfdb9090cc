import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, lint } from "../../support/lint.ts";

function saturation(entries: Record<string, string>, name = "wva-saturation-scaling-config"): string {
  const data = Object.entries(entries).map(([key, text]) => `  ${key}: |\n${text.replace(/^/gm, "    ")}`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${data.join("\n")}\n`;
}

function found(entries: Record<string, string>): string[] {
  const files = { "wva.yaml": saturation(entries) };
  return lint(files)
    .filter(({ rule }) => rule === "wva/trigger-unreachable")
    .map((finding) => `${finding.severity} ${finding.range.start.line + 1} ${cut(files, finding)}`);
}

const defaults = "kvCacheThreshold: 0.80\nqueueLengthThreshold: 5\nkvSpareTrigger: 0.10\nqueueSpareTrigger: 3";

describe("a spare trigger against its threshold", () => {
  test("below it is silent", () => {
    assert.deepEqual(found({ default: defaults }), []);
  });

  test("above it scales up for ever, or is rejected", () => {
    const entry = "kvCacheThreshold: 0.70\nqueueLengthThreshold: 3\nkvSpareTrigger: 0.80\nqueueSpareTrigger: 5";
    assert.deepEqual(found({ default: entry }), ["error 9 0.80", "error 10 5"]);
  });

  test("equal leaves no room", () => {
    const entry = "kvCacheThreshold: 0.70\nqueueLengthThreshold: 3\nkvSpareTrigger: 0.7\nqueueSpareTrigger: 3.0";
    assert.deepEqual(found({ default: entry }), ["warning 9 0.7", "warning 10 3.0"]);
  });

  test("an override inherits from default, and the finding stands at the line of the override", () => {
    assert.deepEqual(found({ default: defaults, llama: "model_id: meta/llama\nqueueLengthThreshold: 2" }), [
      "error 13 2",
    ]);
    assert.deepEqual(found({ default: defaults, llama: "model_id: meta/llama\nqueueSpareTrigger: 9" }), ["error 13 9"]);
  });

  test("a mistake of the default entry is told once", () => {
    const entry = "kvCacheThreshold: 0.80\nqueueLengthThreshold: 2\nkvSpareTrigger: 0.10\nqueueSpareTrigger: 3";
    assert.deepEqual(found({ default: entry, llama: "model_id: meta/llama\nkvCacheThreshold: 0.9" }), ["error 10 3"]);
  });

  test("nothing is said of a value that is filled in later, or of one that is missing", () => {
    assert.deepEqual(found({ default: "queueLengthThreshold: ${QUEUE}\nqueueSpareTrigger: 5" }), []);
    assert.deepEqual(found({ default: "queueSpareTrigger: 5" }), []);
  });

  test("every name that the ConfigMap ever had is known", () => {
    const entries = { default: "queueLengthThreshold: 3\nqueueSpareTrigger: 5" };
    const names = [
      "capacity-scaling-config",
      "saturation-scaling-config",
      "release-wva-saturation-scaling-config",
      "own-name",
    ];
    for (const name of names) {
      const [finding] = lint({ "wva.yaml": saturation(entries, name) });
      assert.equal(finding?.rule, "wva/trigger-unreachable", name);
    }
  });
});
