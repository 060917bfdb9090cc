import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { filesOf, findingsOf, foundBy, mendedBy, pod, serving } from "./pods.ts";

describe("tensor parallel sizes and heads", () => {
  const table: [words: string[], expected: string[]][] = [
    [["microsoft/phi-4", "-tp=4"], ["error 4"]],
    [["microsoft/phi-4", "--tensor-parallel-size", '"8"'], ['error "8"']],
    [["microsoft/phi-4", "-tp=2"], []],
    [["microsoft/phi-4", "-tp=10"], []],
    [["Qwen/Qwen3-8B", "-tp=3"], ["error 3"]],
    [["Qwen/Qwen3-8B", "--pipeline-parallel-size=64"], ["error 64"]],
    [["Qwen/Qwen3-8B", "-tp=$(TP)"], []],
    [["acme/unknown", "-tp=3"], []],
    [["Qwen/Qwen3-8B", "-tp=3", "--hf-overrides={}"], []],
  ];
  for (const [words, expected] of table)
    test(words.join(" "), () => {
      const found = foundBy("vllm/heads", serving("v0.19.0", ...words)).map((line) => line.replaceAll('"', ""));
      assert.deepEqual(
        found,
        expected.map((line) => line.replaceAll('"', "")),
      );
    });

  test("says the heads and what is possible", () => {
    assert.equal(
      findingsOf("vllm/heads", filesOf(serving("v0.19.0", "microsoft/phi-4", "-tp=4")))[0]?.message,
      'Deployment "llama", container "vllm": microsoft/phi-4 cannot be spread so, vLLM refuses to start: 10 KV heads neither divide among 4 ranks nor repeat evenly. Possible tensor parallel sizes are 1, 2, 5, 10.',
    );
  });
});

describe("lengths beyond the model's positions", () => {
  const rule = "vllm/model-length";
  const table: [words: string[], expected: string[]][] = [
    [["Qwen/Qwen3-8B", "--max-model-len=40961"], ["error 40961"]],
    [["Qwen/Qwen3-8B", "--max-model-len=40960"], []],
    [["Qwen/Qwen3-8B", "--max-model-len=128k"], ["error 128k"]],
    [["Qwen/Qwen3-8B", "--max-model-len=auto"], []],
    [["Qwen/Qwen3-8B", "--max-model-len=$(LEN)"], []],
    [["Qwen/Qwen3-8B", "--max-model-len=128k", "--hf-overrides={}"], []],
    [["acme/unknown", "--max-model-len=128k"], []],
    [["/mnt/models/custom", "--max-model-len=9999999"], []],
  ];
  for (const [words, expected] of table)
    test(words.join(" "), () => assert.deepEqual(foundBy(rule, serving("v0.19.0", ...words)), expected));

  test("are allowed by the variable, or by one that may come from elsewhere", () => {
    const withEnv = (lines: string) =>
      pod(`image: vllm/vllm-openai:v0.19.0\nargs: [Qwen/Qwen3-8B, --max-model-len=128k]\n${lines}`);
    assert.deepEqual(foundBy(rule, withEnv('env: [{name: VLLM_ALLOW_LONG_MAX_MODEL_LEN, value: "1"}]')), []);
    assert.deepEqual(foundBy(rule, withEnv("envFrom: [{configMapRef: {name: env}}]")), []);
    assert.deepEqual(foundBy(rule, withEnv('env: [{name: VLLM_ALLOW_LONG_MAX_MODEL_LEN, value: "0"}]')), [
      "error 128k",
    ]);
  });

  test("the fix takes the model's own", () => {
    assert.deepEqual(mendedBy(rule, serving("v0.19.0", "Qwen/Qwen3-8B", "--max-model-len=128k"))?.lines, [
      "- - --max-model-len=128k",
      "+ - --max-model-len=40960",
    ]);
  });
});
