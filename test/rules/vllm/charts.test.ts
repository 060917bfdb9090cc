import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, lint } from "../../support/lint.ts";

/** What the rules of vLLM's command line say of values: rule, place and title of the fix. */
function said(text: string): string[] {
  const files = { "values.yaml": text };
  return lint(files)
    .filter(({ rule }) => rule.startsWith("vllm/"))
    .map(
      ({ rule, range, fixes }) => `${rule} ${range.start.line}${fixes[0] === undefined ? "" : ` ${fixes[0].title}`}`,
    );
}

const stack = (extraArgs: string, tag = "v0.4.5") => `servingEngineSpec:
  modelSpec:
    - name: qwen
      repository: lmcache/vllm-openai
      tag: ${tag}
      modelURL: Qwen/Qwen3-8B
      requestGPU: 1
      vllmConfig:
        enablePrefixCaching: true
        extraArgs:
${extraArgs}
routerSpec: {routingLogic: roundrobin}
`;

const service = (args: string, command = "vllmServe", image = "vllm/vllm-openai:v0.19.0") => `modelArtifacts:
  name: Qwen/Qwen3-8B
  uri: hf://Qwen/Qwen3-8B
  size: 40Gi
decode:
  containers:
    - name: vllm
      image: ${image}
      modelCommand: ${command}
      args: ${args}
prefill: {create: false}
`;

const transfer = (name: string) => `'{"kv_connector": "${name}", "kv_role": "kv_both"}'`;

describe("arguments in the values of production-stack", () => {
  test("that are right are left alone", () => {
    assert.deepEqual(
      said(stack(`          - --kv-transfer-config\n          - ${transfer("LMCacheConnectorV1")}`)),
      [],
    );
    assert.deepEqual(said(stack("          - --max-num-seqs=64\n          - --enable-lora")), []);
  });
  test("name a connector that vLLM does not have", () => {
    const text = stack(`          - --kv-transfer-config\n          - ${transfer("NIXLConnector")}`);
    assert.deepEqual(said(text), ["vllm/kv-connector 11 Write NixlConnector"]);
    const finding = lint({ "values.yaml": text }).find(({ rule }) => rule === "vllm/kv-connector");
    assert.match(finding?.message ?? "", /^vLLM production stack values, modelSpec "qwen": vLLM has no connector/);
    const mended = applyEdits({ "values.yaml": text }, finding?.fixes[0]?.edits ?? []);
    assert.deepEqual(said(mended["values.yaml"] ?? ""), []);
  });
  test("are no flags of vLLM, or have a value that it does not take", () => {
    assert.deepEqual(said(stack("          - --max-num-seks=64")), ["vllm/unknown-flag 10 Write --max-num-seqs"]);
    assert.deepEqual(said(stack("          - --kv-cache-dtype=int9")), ["vllm/flag-value 10"]);
    assert.deepEqual(said(stack("          - --some-flag-of-theirs=1")), [], "the image may be a fork");
  });
});

describe("arguments in the values of llm-d-modelservice", () => {
  test("follow the chart's own", () => {
    assert.deepEqual(said(service(`[--kv-transfer-config, ${transfer("NixlConnector")}]`)), []);
    assert.deepEqual(said(service(`[--kv-transfer-config, ${transfer("NixlConector")}]`)), [
      "vllm/kv-connector 9 Write NixlConnector",
    ]);
    assert.deepEqual(said(service("[--block-sise=64]")), ["vllm/unknown-flag 9 Write --block-size"]);
  });
  test("are read to the end where the command is one's own", () => {
    assert.deepEqual(said(service("[--block-sise=64]\n      command: [python3, run.py]", "custom")), []);
    assert.deepEqual(said(service("[--block-sise=64]\n      command: [vllm, serve, a]", "custom")), [
      "vllm/unknown-flag 9 Write --block-size",
    ]);
  });
  test("are somebody else's in an image of theirs", () => {
    assert.deepEqual(
      said(service("[--block-sise=64]", "imageDefault", "ghcr.io/llm-d/llm-d-inference-sim:v0.5.0")),
      [],
    );
    assert.deepEqual(said(service("[--block-sise=64]", "imageDefault")), ["vllm/unknown-flag 9 Write --block-size"]);
  });
  test("are filled in later", () => {
    assert.deepEqual(said(service('["--kv-transfer-config={{ .Values.kv | toJson }}"]')), []);
  });
});
