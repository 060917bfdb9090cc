import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

const rule = "vllm/hash-seed";
const engine = (name: string, ...env: string[]) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: vllm
          image: lmcache/vllm-openai:v0.4.3
          args: [acme/m]
          env: [${env.join(", ")}]
`;

const remote = (host = "cache") => `{name: LMCACHE_REMOTE_URL, value: "lm://${host}:65432"}`;
const seed = (value: string) => `{name: PYTHONHASHSEED, value: "${value}"}`;
const first = engine("a", remote(), seed("0"));

const said = (files: Files) =>
  lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(files, finding)}`);
const all = (...documents: string[]): Files => ({ "all.yaml": documents.join("---\n") });

describe("seeds of a shared cache", () => {
  const hash = "{name: LMCACHE_PRE_CACHING_HASH_ALGORITHM, value: sha256_cbor}";
  const table: [title: string, files: Files, expected: string[]][] = [
    ["that are one", all(first, engine("b", remote(), seed("0"))), []],
    ["that are two", all(first, engine("b", remote(), seed("1"))), ['error "1"']],
    ["of two caches", all(first, engine("b", remote("other"), seed("1"))), []],
    ["that stand elsewhere", all(first, engine("b", remote(), "{name: PYTHONHASHSEED, valueFrom: {}}")), []],
    ["with another hash", all(first, engine("b", remote(), seed("1"), hash)), []],
    ["that are random", all(first, engine("b", remote(), seed("random"))), []],
    ["in two directories", { "a/a.yaml": first, "b/b.yaml": engine("b", remote(), seed("1")) }, []],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));

  test("the fix writes the other one's", () => {
    const files = all(first, engine("b", remote(), seed("1")));
    const [finding] = lint(files).filter((one) => one.rule === rule);
    assert.deepEqual(said(applyEdits(files, finding?.fixes[0]?.edits ?? [])), []);
  });
});
