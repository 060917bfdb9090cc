import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { foundBy, mendedBy, serving } from "./pods.ts";

const rule = "vllm/batch-size";

describe("tokens of a step", () => {
  const table: [words: string[], expected: string[]][] = [
    [["--max-num-batched-tokens=255", "--max-num-seqs=256"], ["error 255"]],
    [["--max-num-batched-tokens=256", "--max-num-seqs=256"], []],
    [["--max-num-batched-tokens=2k", "--max-model-len=32k"], []],
    [["--max-num-batched-tokens=2k", "--max-model-len=32k", "--no-enable-chunked-prefill"], ["error 2k"]],
    [["--max-num-batched-tokens=32k", "--max-model-len=32k", "--no-enable-chunked-prefill"], []],
    [["--max-num-batched-tokens=2k", "--max-model-len=$(LEN)", "--no-enable-chunked-prefill"], []],
    [["--max-num-batched-tokens=64", "--max-num-seqs=$(SEQS)"], []],
    [["--max-num-batched-tokens=64"], []],
    [["--max-num-seqs=4096"], []],
    [["--max-num-batched-tokens=64", "--max-num-seqs=256", "--max-num-batched-tokens=8192"], []],
  ];
  for (const [words, expected] of table)
    test(words.join(" "), () => assert.deepEqual(foundBy(rule, serving("v0.19.0", "m", ...words)), expected));

  test("the fix raises them to the requests", () => {
    assert.deepEqual(
      mendedBy(rule, serving("v0.19.0", "m", "--max-num-batched-tokens", "64", "--max-num-seqs=256"))?.lines,
      ["- - 64", "+ - 256"],
    );
  });
});
