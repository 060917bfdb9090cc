import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

const rule = "vllm/hash-seed";
const engine = (env: string, name = "a", script = "") => `apiVersion: apps/v1
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
${script === "" ? "          args: [acme/m]" : `          command: [sh, -c, "${script}"]`}
          env: [${env}]
`;

const remote = "{name: LMCACHE_REMOTE_URL, value: 'lm://cache:65432'}";
const seed = (value: string) => `{name: PYTHONHASHSEED, value: "${value}"}`;
const said = (files: Files) =>
  lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(files, finding)}`);
const all = (...documents: string[]): Files => ({ "all.yaml": documents.join("---\n") });

describe("keys of a shared cache", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["without a seed", all(engine(remote)), ["warning 'lm://cache:65432'"]],
    ["with a seed", all(engine(`${remote}, ${seed("0")}`)), []],
    ["with a random seed", all(engine(`${remote}, ${seed("random")}`)), ["warning 'lm://cache:65432'"]],
    ["with a seed from elsewhere", all(engine(`${remote}, {name: PYTHONHASHSEED, valueFrom: {}}`)), []],
    ["with another hash", all(engine(`${remote}, {name: LMCACHE_PRE_CACHING_HASH_ALGORITHM, value: sha256_cbor}`)), []],
    ["of prefill and decode", all(engine("{name: LMCACHE_ENABLE_PD, value: 'true'}")), ["error 'true'"]],
    ["between peers", all(engine("{name: LMCACHE_ENABLE_P2P, value: 'True'}")), ["warning 'True'"]],
    [
      "not shared",
      all(engine("{name: LMCACHE_ENABLE_PD, value: 'false'}, {name: LMCACHE_LOCAL_CPU, value: 'true'}")),
      [],
    ],
    ["with a seed of the script", all(engine(remote, "a", "export PYTHONHASHSEED=0; vllm serve acme/m")), []],
    ["with two seeds", all(engine(`${remote}, ${seed("0")}`), engine(`${remote}, ${seed("1")}`, "b")), ['error "1"']],
    [
      "with two seeds of two caches",
      all(engine(`${remote}, ${seed("0")}`), engine(`${remote.replace("cache:", "other:")}, ${seed("1")}`, "b")),
      [],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));

  test("the fix sets one", () => {
    const files = all(engine(remote));
    const [finding] = lint(files).filter((one) => one.rule === rule);
    const mended = applyEdits(files, finding?.fixes[0]?.edits ?? []);
    assert.match(mended["all.yaml"] ?? "", /\{ name: PYTHONHASHSEED, value: "0" \}\]/);
    assert.deepEqual(said(mended), []);
  });
});
