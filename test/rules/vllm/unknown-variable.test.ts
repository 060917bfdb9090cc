import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { vllmVariables } from "../../../server/kinds/vllm/variables.ts";
import { filesOf, findingsOf, foundBy, mendedBy, pod } from "./pods.ts";

const rule = "vllm/unknown-variable";

const setting = (name: string, value: string, image = "vllm/vllm-openai:v0.19.0", more = "") =>
  pod(`image: ${image}
command: [vllm, serve]
args:
  - m
  - --port=8000${more}
env:
  - name: HF_HOME
    value: /models
  - name: ${name}
    value: "${value}"
  - name: TZ
    value: UTC`);

describe("variables of guides", () => {
  const table: [name: string, value: string, said: RegExp, lines: string[] | undefined][] = [
    [
      "VLLM_GPU_MEMORY_UTILIZATION",
      "0.9",
      /It is an argument: --gpu-memory-utilization\./,
      ["- - name: VLLM_GPU_MEMORY_UTILIZATION", '- value: "0.9"', "+ - --gpu-memory-utilization=0.9"],
    ],
    [
      "VLLM_MAX_NUM_SEQS",
      "256",
      /It is an argument: --max-num-seqs\./,
      ["- - name: VLLM_MAX_NUM_SEQS", '- value: "256"', "+ - --max-num-seqs=256"],
    ],
    [
      "VLLM_ENABLE_PREFIX_CACHING",
      "true",
      /It is an argument: --enable-prefix-caching\./,
      ["- - name: VLLM_ENABLE_PREFIX_CACHING", '- value: "true"', "+ - --enable-prefix-caching"],
    ],
    ["VLLM_ENABLE_CHUNKED_PREFILL", "maybe", /It is an argument/, undefined],
    ["VLLM_KV_CACHE_OFFLOAD", "true", /Write --kv-offloading-size with GiB/, undefined],
    ["VLLM_KV_OFFLOAD_PATH", "/x", /Write LMCache with a disk tier/, undefined],
    ["VLLM_DISAGG_MODE", "prefill", /--kv-transfer-config with a kv_role, and the label llm-d\.ai\/role/, undefined],
    ["VLLM_S3_MODEL_CACHE", "s3://x", /--load-format=runai_streamer/, undefined],
    ["VLLM_USE_TRACING", "1", /--otlp-traces-endpoint/, undefined],
    [
      "VLLM_USE_V1",
      "1",
      /vLLM 0\.19\.0 no longer reads VLLM_USE_V1 .*Delete it: there is no other engine/,
      ["- - name: VLLM_USE_V1", '- value: "1"'],
    ],
    [
      "VLLM_ATTENTION_BACKEND",
      "FLASHINFER",
      /Write --attention-backend\./,
      ["- - name: VLLM_ATTENTION_BACKEND", '- value: "FLASHINFER"', "+ - --attention-backend=FLASHINFER"],
    ],
    [
      "VLLM_LOG_LEVEL",
      "DEBUG",
      /Write VLLM_LOGGING_LEVEL\./,
      ["- - name: VLLM_LOG_LEVEL", "+ - name: VLLM_LOGGING_LEVEL"],
    ],
    [
      "VLLM_LOGGING_LEVLE",
      "DEBUG",
      /Did you mean VLLM_LOGGING_LEVEL\?/,
      ["- - name: VLLM_LOGGING_LEVLE", "+ - name: VLLM_LOGGING_LEVEL"],
    ],
    [
      "VLLM_GPU_MEMORY_UTILISATION",
      "0.9",
      /Did you mean --gpu-memory-utilization\?/,
      ["- - name: VLLM_GPU_MEMORY_UTILISATION", '- value: "0.9"', "+ - --gpu-memory-utilization=0.9"],
    ],
    ["VLLM_TASTE_OF_HONEY", "1", /vLLM 0\.19\.0 does not read VLLM_TASTE_OF_HONEY and ignores it\./, undefined],
  ];
  for (const [name, value, said, lines] of table) {
    test(name, () => {
      const text = setting(name, value);
      assert.deepEqual(foundBy(rule, text), [`warning ${name}`]);
      assert.match(findingsOf(rule, filesOf(text))[0]?.message ?? "", said);
      assert.deepEqual(mendedBy(rule, text)?.lines, lines);
    });
  }

  test("an argument that is there already only loses its variable", () => {
    const text = setting("VLLM_MAX_NUM_SEQS", "256", undefined, "\n  - --max-num-seqs=128");
    assert.deepEqual(mendedBy(rule, text)?.lines, ["- - name: VLLM_MAX_NUM_SEQS", '- value: "256"']);
  });

  test("in brackets, alone, from a Secret", () => {
    const flow = pod(
      "image: vllm/vllm-openai:v0.19.0\nargs: [m]\nenv: [{name: VLLM_MAX_NUM_SEQS, value: '8'}]\nports: []",
    );
    assert.deepEqual(mendedBy(rule, flow)?.lines.slice(-1), ["+ args: [m, --max-num-seqs=8]"]);
    const alone = pod(
      "image: vllm/vllm-openai:v0.19.0\nargs:\n  - m\nenv:\n  - name: VLLM_MAX_NUM_SEQS\n    value: '8'\n",
    );
    assert.deepEqual(mendedBy(rule, alone)?.lines, [
      "- env:",
      "- - name: VLLM_MAX_NUM_SEQS",
      "- value: '8'",
      "+ - --max-num-seqs=8",
    ]);
    const secret = pod(
      "image: vllm/vllm-openai:v0.19.0\nargs: [m]\nenv: [{name: VLLM_MAX_NUM_SEQS, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]",
    );
    assert.deepEqual(foundBy(rule, secret), ["warning VLLM_MAX_NUM_SEQS"]);
    assert.equal(mendedBy(rule, secret), undefined);
  });

  test("is an error where vLLM validates its environment", () => {
    const text = setting("VLLM_MAX_NUM_SEQS", "8", undefined, "\n  - --fail-on-environ-validation");
    assert.deepEqual(foundBy(rule, text), ["error VLLM_MAX_NUM_SEQS"]);
    assert.match(findingsOf(rule, filesOf(text))[0]?.message ?? "", /keeps the server from starting/);
  });
});

describe("nothing is said of", () => {
  const table: [title: string, text: string, vllm?: string][] = [
    ["a removed variable before it went", setting("VLLM_USE_V1", "1", "vllm/vllm-openai:v0.10.2")],
    ["a removed variable of an unknown version", setting("VLLM_USE_V1", "1", "lmcache/vllm-openai:v0.4.3")],
    ["a strange variable of an unknown version", setting("VLLM_TASTE_OF_HONEY", "1", "lmcache/vllm-openai:v0.4.3")],
    ["a strange variable of a newer version", setting("VLLM_TASTE_OF_HONEY", "1", "vllm/vllm-openai:v0.50.0")],
    ["a strange variable of somebody's image", setting("VLLM_TASTE_OF_HONEY", "1", "example.com/server:1"), "0.19"],
    ["a name that is none", setting("VLLM_MAX)_(SEQS", "1")],
    ["a plugin's variable", setting("VLLM_ASCEND_ENABLE_NZ", "1")],
    [
      "a variable that an argument uses",
      setting("VLLM_MODEL", "m", undefined, "\n  - --served-model-name=$(VLLM_MODEL)"),
    ],
    ["a variable that another one uses", setting("VLLM_POD", "m").replace("value: UTC", "value: $(VLLM_POD)")],
    [
      "a simulator",
      pod("image: ghcr.io/llm-d/llm-d-inference-sim:v0.6.0\nenv: [{name: VLLM_MAX_NUM_SEQS, value: '8'}]"),
    ],
    ["a router", pod("image: lmcache/lmstack-router:latest\nenv: [{name: VLLM_MAX_NUM_SEQS, value: '8'}]")],
    [
      "a variable that the shell reads",
      pod("image: x\ncommand: [sh, -c, 'vllm serve $VLLM_MODEL']\nenv: [{name: VLLM_MODEL, value: m}]"),
    ],
  ];
  for (const [title, text, vllm] of table) test(title, () => assert.deepEqual(foundBy(rule, text, vllm), []));

  test("every variable that vLLM reads", () => {
    const items = [...vllmVariables().variables.keys()].map((name) => `\n  - {name: ${name}, value: "1"}`);
    assert.deepEqual(foundBy(rule, pod(`image: vllm/vllm-openai:v0.19.0\nargs: [m]\nenv:${items.join("")}`)), []);
  });
});
