import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";
import { foundBy, pod } from "./pods.ts";

const rule = "vllm/gated-model";
const llama = "meta-llama/Llama-3.1-8B-Instruct";
const server = (model: string, lines = "", image = "vllm/vllm-openai:v0.19.0", gpu = "nvidia.com/gpu: 1") =>
  pod(`image: ${image}\nargs: [${model}]\nresources: {limits: {${gpu}}}\n${lines}`);
const withVolume = (volume: string) =>
  server(llama, "volumeMounts: [{name: c, mountPath: /c}]").replace(
    "    spec:\n      containers:",
    `    spec:\n      volumes: [{name: c, ${volume}}]\n      containers:`,
  );

describe("a gated model", () => {
  const table: [title: string, text: string, expected: string[]][] = [
    ["without a token", server(llama), [`warning ${llama}`]],
    ["of Google", server("google/gemma-3-27b-it"), ["warning google/gemma-3-27b-it"]],
    ["with a token", server(llama, "env: [{name: HF_TOKEN, valueFrom: {secretKeyRef: {name: h, key: t}}}]"), []],
    ["with its old name", server(llama, "env: [{name: HUGGING_FACE_HUB_TOKEN, value: x}]"), []],
    ["offline", server(llama, 'env: [{name: HF_HUB_OFFLINE, value: "1"}]'), []],
    ["with variables from elsewhere", server(llama, "envFrom: [{secretRef: {name: h}}]"), []],
    ["that is open", server("Qwen/Qwen3-8B"), []],
    ["that is open, of a maker of gated ones", server("google/gemma-4-26B-A4B"), []],
    ["by path", server("/models/meta-llama/Llama-3.1-8B"), []],
    ["in somebody's image", server(llama, "", "ghcr.io/acme/vllm-openai:1"), []],
    ["without a GPU", server(llama, "", "vllm/vllm-openai:v0.19.0", "cpu: 4"), []],
    ["on a claim", withVolume("persistentVolumeClaim: {claimName: m}"), []],
    ["with an empty volume", withVolume("emptyDir: {}"), [`warning ${llama}`]],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(foundBy(rule, text), expected));
});

describe("prefixes that nobody keeps", () => {
  const router = (type: string) =>
    `apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\nplugins: [{type: ${type}}]\n`;
  const found = (flag: string, type: string) =>
    lint({ "all.yaml": `${server(`acme/m, ${flag}`)}---\n${router(type)}` })
      .filter((finding) => finding.rule === "vllm/prefix-caching-off")
      .map(({ severity }) => severity);
  const table: [flag: string, type: string, expected: string[]][] = [
    ["--no-enable-prefix-caching", "prefix-cache-scorer", ["warning"]],
    ["--no-enable-prefix-caching", "precise-prefix-cache-scorer", ["warning"]],
    ["--no-enable-prefix-caching", "queue-scorer", []],
    ["--enable-prefix-caching", "prefix-cache-scorer", []],
    ["--port=8000", "prefix-cache-scorer", []],
  ];
  for (const [flag, type, expected] of table)
    test(`${flag} and ${type}`, () => assert.deepEqual(found(flag, type), expected));

  test("elsewhere are nobody's", () => {
    const files = {
      "a/d.yaml": server("acme/m, --no-enable-prefix-caching"),
      "b/e.yaml": router("prefix-cache-scorer"),
    };
    assert.deepEqual(
      lint(files).filter((finding) => finding.rule === "vllm/prefix-caching-off"),
      [],
    );
  });
});
