import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, type Files, lint } from "../../support/lint.ts";

/** A ConfigMap of WVA with how long a model without requests keeps its pods. */
const retention = (value: string): Files => ({
  "stack.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: wva-model-scale-to-zero-config}
data:
  default: |
    enable_scale_to_zero: true
    retention_period: ${value}
`,
});

const lmcache = (line: string): Files => ({ "lmcache.yaml": `local_disk: /cache\n${line}\n` });

const schemaFindings = (files: Files) => lint(files).filter(({ rule }) => rule.startsWith("schema/"));

/** What each fix makes of the last line. */
function fixed(files: Files): string[] {
  return schemaFindings(files).flatMap(({ fixes }) =>
    fixes.map(({ edits }) => {
      const result = applyEdits(files, edits);
      assert.deepEqual(schemaFindings(result), []);
      return Object.values(result).join("").trimEnd().split("\n").at(-1)?.trim() ?? "";
    }),
  );
}

describe("a time without a unit", () => {
  const cases: [value: string, expected: string[]][] = [
    ["600", ["retention_period: 600s"]],
    ['"600"', ['retention_period: "600s"']],
    ["1d", ["retention_period: 24h"]],
    ["0x10", []],
    ["12345678", []],
  ];
  for (const [value, expected] of cases) {
    test(`${value} becomes ${expected[0] ?? "nothing else"}`, () =>
      assert.deepEqual(fixed(retention(value)), expected));
  }

  test("is told with the unit that it lacks", () => {
    assert.deepEqual(
      schemaFindings(retention("600")).map(({ message }) => message.replace(/^.*?: /, "")),
      ["retention_period takes a text with a unit, not the number 600. Write 600s."],
    );
  });
});

test("a time of a router without a unit gets no quotes, which would not help", () => {
  const epp = {
    "epp.yaml": `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: prefix-cache-scorer
saturationDetector:
  metricsStalenessThreshold: 200
`,
    "headroom.config.yaml": 'versions: {router: "0.4"}\n',
  };
  const found = schemaFindings(epp).filter(({ message }) => message.includes("Threshold"));
  assert.deepEqual(
    found.map(({ rule, fixes }) => [rule, fixes]),
    [["schema/wrong-type", []]],
  );
});

describe("a value of LMCache in Kubernetes' manner", () => {
  const cases: [line: string, expected: string[]][] = [
    ["max_local_cpu_size: 150Gi", ["max_local_cpu_size: 150"]],
    ['max_local_cpu_size: "1Ti"', ['max_local_cpu_size: "1024"']],
    ["max_local_disk_size: 512Mi", ["max_local_disk_size: 0.5"]],
    ["max_local_cpu_size: 20GB", []],
    ['local_cpu: "yes"', ['local_cpu: "true"']],
    ['local_cpu: "off"', ['local_cpu: "false"']],
    ["cache_policy: LRUU", ["cache_policy: LRU"]],
    ["remote_serde: zstandard", []],
    ["chunk_size: 0", []],
  ];
  for (const [line, expected] of cases) {
    test(`${line} becomes ${expected[0] ?? "nothing else"}`, () => {
      assert.equal(schemaFindings(lmcache(line)).length, 1);
      assert.deepEqual(fixed(lmcache(line)), expected);
    });
  }
});
