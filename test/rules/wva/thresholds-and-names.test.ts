import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, lint } from "../../support/lint.ts";
import { follower, said, variant, workspace } from "./stack.ts";

function entry(lines: string, wva?: string): string[] {
  const head =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wva-saturation-scaling-config}\ndata:\n  default: |\n";
  return said("wva/dead-thresholds", workspace(head + lines.replace(/^/gm, "    "), wva));
}

describe("thresholds of 0", () => {
  const full = "kvCacheThreshold: 0.8\nqueueLengthThreshold: 5\nkvSpareTrigger: 0.1\nqueueSpareTrigger: 3";

  test("are told in 0.5, written or left out", () => {
    assert.deepEqual(entry(full, "0.5.1"), []);
    assert.deepEqual(entry(full.replace(": 5", ": 0").replace(": 3", ": 0"), "0.5"), ["error 7 0"]);
    assert.equal(entry("kvCacheThreshold: 0.8\nqueueLengthThreshold: 5", "0.5").length, 1);
    assert.deepEqual(entry(full.replace("0.1", "0"), "0.5"), []);
  });

  test("are silent in versions with defaults, without a version and for the token analyzer", () => {
    for (const wva of ["0.4", "0.8", undefined]) assert.deepEqual(entry("kvCacheThreshold: 0.8", wva), []);
    assert.deepEqual(entry("kvCacheThreshold: 0.8\nanalyzerName: saturation", "0.5.1"), []);
  });
});

describe("two VariantAutoscalings of one target", () => {
  const found = (files: Record<string, string>) => said("wva/two-variants", files);

  test("are told at the later one", () => {
    assert.deepEqual(found(workspace(`${variant("", "a")}---\n${variant("", "b")}`)), ["error 14 llama"]);
  });

  test("are silent on two targets, as one object written twice, and in two files", () => {
    assert.deepEqual(found(workspace(`${variant("", "a")}---\n${variant("", "b", "other")}`)), []);
    assert.deepEqual(found(workspace(`${variant("", "a")}---\n${variant("", "a")}`)), []);
    assert.deepEqual(found({ "one.yaml": variant("", "a"), "two.yaml": variant("", "b") }), []);
  });
});

describe("the names of WVA's metrics in an HPA", () => {
  const found = (metric: string, wva?: string) =>
    said("wva/metric-name", workspace(follower("maxReplicas: 8", "llama", metric), wva));

  test("changed with 0.5", () => {
    assert.deepEqual(found("inferno_desired_replicas", "0.5.0"), ["error 10 inferno_desired_replicas"]);
    assert.deepEqual(found("wva_desired_replicas", "0.4.2"), ["error 10 wva_desired_replicas"]);
    assert.deepEqual(found("inferno_desired_replicas", "0.4.2"), []);
    assert.deepEqual(found("inferno_desired_replicas"), []);
  });

  test("include none of those that only guides show", () => {
    assert.deepEqual(found("wva_optimization_timestamp"), ["error 10 wva_optimization_timestamp"]);
    assert.deepEqual(found("wva_saturation_utilization"), []);
  });

  test("are spelt in one way", () => {
    const files = workspace(follower("maxReplicas: 8", "llama", "wva_desired_replica"));
    const [finding] = lint(files).filter(({ rule }) => rule === "wva/metric-name");
    assert.match(finding?.message ?? "", /Did you mean wva_desired_replicas\?/);
    const mended = applyEdits(files, finding?.fixes[0]?.edits ?? []);
    assert.deepEqual(said("wva/metric-name", mended), []);
  });
});
