import assert from "node:assert/strict";
import { test } from "node:test";
import { filesOf, findingsOf, foundBy, mendedBy, pod, serving } from "./pods.ts";

const rule = "vllm/other-version";
const lmcache = (...words: string[]) =>
  pod(`image: lmcache/vllm-openai:v0.4.3\ncommand: [vllm, serve]\nargs: [m, ${words.join(", ")}]`);

const table: [text: string, vllm: string | undefined, found: string[]][] = [
  [serving("v0.19.0", "--swap-space=4"), undefined, ["error --swap-space"]],
  [serving("v0.18.0", "--swap_space=4"), undefined, ["error --swap_space"]],
  [serving("v0.10.2", "--swap-space=4"), undefined, []],
  [serving("v0.17.0", "--swap-space=4"), undefined, []],
  [serving("latest", "--swap-space=4"), undefined, ["warning --swap-space"]],
  [serving("", "--swap-space=4"), undefined, ["warning --swap-space"]],
  [serving("nightly", "--swap-space=4"), undefined, []],
  [lmcache("--swap-space=4"), undefined, []],
  [lmcache("--swap-space=4"), "0.19", ["error --swap-space"]],
  [lmcache("--swap-space=4"), "0.16", []],
  [serving("v0.19.0", "--no-disable-log-requests", "--disable-log-requests"), undefined, []],
  [serving("v0.28.0", "--disable-log-requests"), undefined, ["error --disable-log-requests"]],
  [serving("v0.19.0", "--num-scheduler-steps=8"), undefined, ["error --num-scheduler-steps"]],
  [serving("v0.8.5", "--num-scheduler-steps=8"), undefined, []],
  [serving("v0.28.0", "--max-num-queued-reqs=8"), undefined, ["warning --max-num-queued-reqs"]],
  [serving("v0.29.0", "--max-num-queued-reqs=8"), undefined, []],
  [serving("latest", "--max-num-queued-reqs=8"), undefined, []],
  [lmcache("--kv-offloading-size=8"), "0.10", ["warning --kv-offloading-size"]],
  [lmcache("--kv-offloading-size=8"), "0.19", []],
  [serving("v0.99.0", "--tensor-parallel-size=8", "--swap-space=4"), undefined, ["error --swap-space"]],
];

for (const [index, [text, vllm, found]] of table.entries()) {
  test(`a flag and its version: case ${index + 1}`, () => assert.deepEqual(foundBy(rule, text, vllm), found, text));
}

test("says what took its place, and puts it there where the value fits", () => {
  const message = (word: string) => findingsOf(rule, filesOf(serving("v0.19.0", "m", word)))[0]?.message;
  assert.equal(
    message("--swap-space=16"),
    'Deployment "llama", container "vllm": vLLM 0.19.0 no longer has --swap-space (gone by 0.18.0): argument parsing fails and the server never starts. Delete it: it did nothing in the V1 engine; --kv-offloading-size keeps KV cache in memory.',
  );
  const fixes: [word: string, lines: string[] | undefined][] = [
    ["--swap-space=16", ["- - --swap-space=16"]],
    ["--cuda-graph-sizes=16", ["- - --cuda-graph-sizes=16", "+ - --cudagraph-capture-sizes=16"]],
    ["--worker-use-ray", ["- - --worker-use-ray", "+ - --distributed-executor-backend=ray"]],
    ["--disable-mm-preprocessor-cache", ["- - --disable-mm-preprocessor-cache", "+ - --mm-processor-cache-gb=0"]],
    ["--speculative-model=x", undefined],
    ["--task=embed", undefined],
  ];
  for (const [word, lines] of fixes) {
    assert.deepEqual(mendedBy(rule, serving("v0.19.0", "m", word, "--port=8000"))?.lines, lines, word);
  }
});

test("a value of a removed flag is nobody's concern, and a removed flag is not unknown", () => {
  const files = filesOf(serving("v0.19.0", "m", "--swap-space=lots"));
  assert.deepEqual(findingsOf("vllm/flag-value", files), []);
  assert.deepEqual(findingsOf("vllm/unknown-flag", files), []);
});
