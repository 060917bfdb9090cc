import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { filesOf, findingsOf, foundBy, mendedBy, pod, serving } from "./pods.ts";

const rule = "vllm/flag-value";
const found = (text: string, vllm?: string) => foundBy(rule, text, vllm);

describe("values that vLLM refuses", () => {
  const table: [words: string[], found: string[], lines?: string[]][] = [
    [["--kv-cache-dtype=int8"], ["error int8"], ["- - --kv-cache-dtype=int8", "+ - --kv-cache-dtype=fp8"]],
    [["--kv-cache-dtype", "int8"], ["error int8"], ["- - int8", "+ - fp8"]],
    [
      ["--gpu-memory-utilization=90"],
      ["error 90"],
      ["- - --gpu-memory-utilization=90", "+ - --gpu-memory-utilization=0.9"],
    ],
    [["--gpu-memory-utilization=1.2"], ["error 1.2"]],
    [["--gpu-memory-utilization", '"90%"'], ["error 90%"]],
    [["--max-num-seqs=256.0"], ["error 256.0"], ["- - --max-num-seqs=256.0", "+ - --max-num-seqs=256"]],
    [["--max-model-len=32Ki"], ["error 32Ki"]],
    [["--max-num-seqs", "--port=8000"], ["error --max-num-seqs"]],
    [["--enforce-eager", '"true"'], ["error true"], ['- - "true"']],
    [
      ["--enable-prefix-caching", '"False"'],
      ["error False"],
      ["- - --enable-prefix-caching", '- - "False"', "+ - --no-enable-prefix-caching"],
    ],
    [["--enforce-eager=false"], ["error false"], ["- - --enforce-eager=false", "+ - --no-enforce-eager"]],
    [
      ["--no-enable-prefix-caching=true"],
      ["error true"],
      ["- - --no-enable-prefix-caching=true", "+ - --no-enable-prefix-caching"],
    ],
    [["--disable-log-stats=false"], ["error false"]],
    [["--enforce-eager=maybe"], ["error maybe"]],
    [["--kv-transfer-config", "'{kv_connector: LMCacheConnectorV1}'"], ["error {kv_connector: LMCacheConnectorV1}"]],
    [["--port=80000"], ["error 80000"]],
    [["-tp=two"], ["error two"]],
    [["--max-num-seq=many"], ["error many"]],
    [["--cudagraph-capture-sizes", '"1"', "two", '"4"'], ["error two"]],
  ];
  for (const [words, expected, lines] of table) {
    test(words.join(" "), () => {
      const text = serving("v0.19.0", "m", ...words, "--seed=1");
      assert.deepEqual(found(text), expected);
      assert.deepEqual(mendedBy(rule, text)?.lines, lines);
    });
  }

  test("at the very end of a command", () => {
    assert.deepEqual(found(serving("v0.19.0", "m", "--port")), ["error --port"]);
    assert.deepEqual(found(pod('image: x\ncommand: [sh, -c, "vllm serve m --port; sleep 1"]')), ["error --port"]);
  });

  test("in JSON whose quotes the shell takes", () => {
    const text = pod('image: x\ncommand:\n  - sh\n  - -c\n  - vllm serve m --kv-transfer-config {"kv_role":"kv_both"}');
    assert.deepEqual(found(text), ['error {"kv_role":"kv_both"}']);
  });

  test("says what it takes", () => {
    const [finding] = findingsOf(rule, filesOf(serving("v0.19.0", "--gpu-memory-utilization=90")));
    assert.equal(
      finding?.message,
      'Deployment "llama", container "vllm": --gpu-memory-utilization is "90", but vLLM takes a number above 0 and of at most 1, and the server never starts. Write 0.9.',
    );
  });
});

describe("nothing is said of", () => {
  const table: [title: string, text: string, vllm?: string][] = [
    [
      "good values",
      serving("v0.19.0", "m", "--max-model-len=32k", "--kv-cache-dtype=fp8", "-tp", '"2"', "-O3", "--seed", '"-1"'),
    ],
    [
      "values that are filled in",
      serving(
        "v0.19.0",
        "m",
        "--port=$(PORT)",
        "--max-num-seqs",
        '"${N}"',
        "--seed={{ .Values.seed }}",
        "--max-model-len=<tokens>",
      ),
    ],
    [
      "values that the shell computes",
      pod('image: x\ncommand: [sh, -c, "vllm serve m -tp $(nproc) --port $PORT --max-num-seqs `n`"]'),
    ],
    ["what a redirection follows", pod('image: x\ncommand: [sh, -c, "vllm serve m --enforce-eager 1>log 2>&1"]')],
    [
      "choices of plugins",
      serving("v0.19.0", "m", "--quantization=mine", "--load-format=mine", "--attention-backend=CUSTOM"),
    ],
    ["choices of versions past every list", serving("v0.50.0", "m", "--kv-cache-dtype=nvfp8")],
    [
      "JSON below a dot",
      serving("v0.19.0", "m", "--kv-transfer-config.kv_role=kv_both", "--compilation-config.level", '"3"'),
    ],
    ["a token that may be absent", serving("v0.19.0", "--hf-token", "--port=1")],
    ["how old versions read switches", serving("v0.8.5", "m", "--enable-chunked-prefill", "True")],
    [
      "the same of an unknown version",
      pod("image: x\ncommand: [vllm, serve]\nargs: [m, --enable-chunked-prefill=True]"),
    ],
    ["a switch before the model", serving("v0.19.0", "--enforce-eager", "meta/llama")],
    [
      "JSON on several lines",
      pod(
        'image: vllm/vllm-openai:v0.19.0\nargs:\n  - m\n  - --kv-transfer-config\n  - |\n    {\n      "kv_role": "kv_both"\n    }\n',
      ),
    ],
    ["pairs of old", serving("v0.9.0", "m", "--limit-mm-per-prompt", "image=2,video=1")],
  ];
  for (const [title, text, vllm] of table) test(title, () => assert.deepEqual(found(text, vllm), []));

  test("a slip stays one in any version", () => {
    assert.deepEqual(found(serving("v0.50.0", "m", "--kv-cache-dtype=int8")), ["error int8"]);
  });
});
