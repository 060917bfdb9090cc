import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { said, workspace } from "./stack.ts";

const map = (data: string, name = "wva-saturation-scaling-config") =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n${data}`;
const entry = (name: string, lines: readonly string[]) =>
  `  ${name}: |\n${lines.map((line) => `    ${line}\n`).join("")}`;
const full = ["kvCacheThreshold: 0.8", "queueLengthThreshold: 5", "kvSpareTrigger: 0.1", "queueSpareTrigger: 3"];

describe("a default entry that WVA 0.5 refuses", () => {
  const found = (lines: readonly string[], wva?: string) =>
    said("wva/default-refused", workspace(map(entry("default", lines)), wva));

  test("lacks the threshold that its trigger is compared with", () => {
    assert.deepEqual(found(full, "0.5.1"), []);
    assert.equal(found(full.slice(1), "0.5.1").length, 1);
  });

  test("asks for the token analyzer without its two thresholds, or with the lower one above", () => {
    const tokens = [...full, "analyzerName: saturation"];
    assert.equal(found(tokens, "0.5.1").length, 1);
    assert.deepEqual(found([...tokens, "scaleUpThreshold: 0.85", "scaleDownBoundary: 0.7"], "0.5.1"), []);
    assert.deepEqual(found([...tokens, "scaleUpThreshold: 0.7", "scaleDownBoundary: 0.85"], "0.5.1"), ["error 11 0.7"]);
    assert.deepEqual(found([...full, 'analyzerName: ""'], "0.5.1"), []);
  });

  test("is none in versions with defaults, without a version, or where a number is filled in later", () => {
    for (const wva of ["0.4", "0.6", "0.8", undefined]) assert.deepEqual(found(full.slice(1), wva), []);
    assert.deepEqual(found(["kvCacheThreshold: ${KV}", ...full.slice(1)], "0.5.1"), []);
  });

  test("is told by other rules when what is written is wrong", () => {
    assert.deepEqual(found(["kvCacheThreshold: 1.8", ...full.slice(1)], "0.5.1"), []);
    assert.deepEqual(found([full[0] ?? "", full[1] ?? "", "kvSpareTrigger: 0.9", full[3] ?? ""], "0.5.1"), []);
  });
});

describe("a saturation ConfigMap without default", () => {
  const found = (text: string, wva?: string) => said("wva/default-missing", workspace(text, wva));

  test("leaves WVA 0.5 without numbers", () => {
    assert.deepEqual(found(map(entry("llama", full)), "0.5.0"), ["error 3 wva-saturation-scaling-config"]);
    assert.deepEqual(found(map(entry("default", full)), "0.5.0"), []);
  });

  test("is fine in other versions, and under another name somebody else's", () => {
    for (const wva of ["0.4.2", "0.8.0", undefined]) assert.deepEqual(found(map(entry("llama", full)), wva), []);
    assert.deepEqual(found(map(entry("llama", full), "thresholds"), "0.5.0"), []);
  });
});

describe("an entry for one model", () => {
  const found = (wva?: string) =>
    said("wva/entry-ignored", workspace(map(entry("default", full) + entry("llama", full)), wva));

  test("counts in 0.4 alone", () => {
    assert.deepEqual(found("0.4.2"), []);
    for (const wva of ["0.5.1", "0.6.0", "0.8"]) assert.equal(found(wva).length, 1);
  });

  test("is not judged without a version", () => assert.deepEqual(found(), []));

  test("is silent without a default, for that says more", () => {
    assert.deepEqual(said("wva/entry-ignored", workspace(map(entry("llama", full)), "0.5.1")), []);
  });
});
