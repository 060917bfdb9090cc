import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits } from "../../support/lint.ts";
import { filesOf, findingsOf, foundBy, mendedBy, pod, serving } from "./pods.ts";

describe("the share of the GPU", () => {
  const rule = "vllm/memory-share";
  const table: [words: string[], expected: string[]][] = [
    [["--gpu-memory-utilization=0.97"], ["warning 0.97"]],
    [["--gpu-memory-utilization=1"], ["warning 1"]],
    [["--gpu-memory-utilization=0.96"], []],
    [["--gpu-memory-utilization=1.2"], []],
    [["--gpu-memory-utilization=$(SHARE)"], []],
    [["--gpu-memory-utilization=0.9", "--kv-cache-memory-bytes=20G"], ["warning 0.9"]],
    [["--kv-cache-memory-bytes=20G"], []],
  ];
  for (const [words, expected] of table)
    test(words.join(" "), () => assert.deepEqual(foundBy(rule, serving("v0.19.0", "m", ...words)), expected));

  test("is lowered by the fix, or taken out where it counts for nothing", () => {
    assert.deepEqual(mendedBy(rule, serving("v0.19.0", "m", "--gpu-memory-utilization=0.99"))?.lines, [
      "- - --gpu-memory-utilization=0.99",
      "+ - --gpu-memory-utilization=0.92",
    ]);
    assert.deepEqual(
      mendedBy(rule, serving("v0.19.0", "m", "--gpu-memory-utilization=0.9", "--kv-cache-memory-bytes=20G"))?.lines,
      ["- - --gpu-memory-utilization=0.9"],
    );
  });
});

describe("shared memory between ranks", () => {
  const rule = "vllm/shared-memory";
  const server = (args: string, gpus: number, lines = "", spec = "") =>
    pod(
      `image: vllm/vllm-openai:v0.19.0\nargs: [m, ${args}]\nresources: {limits: {nvidia.com/gpu: ${gpus}}}\n${lines}`,
    ).replace("    spec:\n      containers:", `    spec:\n${spec}      containers:`);
  const table: [title: string, text: string, expected: string[]][] = [
    ["none", server("-tp=4", 4), ["warning -tp=4"]],
    ["of stages", server("--pipeline-parallel-size=2", 2), ["warning --pipeline-parallel-size=2"]],
    ["at /dev/shm", server("-tp=4", 4, "volumeMounts: [{name: shm, mountPath: /dev/shm}]"), []],
    ["at another path", server("-tp=4", 4, "volumeMounts: [{name: c, mountPath: /dev}]"), ["warning -tp=4"]],
    ["at a path that is filled in", server("-tp=4", 4, 'volumeMounts: [{name: c, mountPath: "${P}"}]'), []],
    ["of the host", server("-tp=4", 4, "", "      hostIPC: true\n"), []],
    ["of one rank", server("-tp=1", 1), []],
    ["of ranks without GPUs", server("-tp=4", 1), []],
    ["of ranks that are filled in", server('"-tp=$(TP)"', 4), []],
    [
      "beside LMCache's server",
      server(`-tp=4, --kv-transfer-config, '{"kv_connector":"LMCacheMPConnector","kv_role":"kv_both"}'`, 4),
      [],
    ],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(foundBy(rule, text), expected));

  test("is mounted by the fix, beside the mounts and volumes that are there", () => {
    const present = server(
      "-tp=4",
      4,
      "volumeMounts:\n  - name: c\n    mountPath: /c",
      "      volumes: [{name: c, emptyDir: {}}]\n",
    );
    for (const text of [server("-tp=4", 4), present]) {
      const files = filesOf(text);
      const fix = findingsOf(rule, files)[0]?.fixes[0];
      const mended = applyEdits(files, fix?.edits ?? []);
      assert.match(mended["deployment.yaml"] ?? "", /sizeLimit: 16Gi/);
      assert.deepEqual(findingsOf(rule, mended), []);
    }
  });
});

describe("the volume that a model is downloaded to", () => {
  const rule = "vllm/model-volume";
  const server = (volume: string, { model = "Qwen/Qwen3-8B", env = "[]", path = "/root/.cache/huggingface" } = {}) =>
    pod(
      `image: vllm/vllm-openai:v0.19.0\nargs: [${model}]\nenv: ${env}\nvolumeMounts: [{name: c, mountPath: ${path}}]`,
    ).replace("    spec:\n      containers:", `    spec:\n      volumes: [{name: c, ${volume}}]\n      containers:`);
  const table: [title: string, text: string, expected: string[]][] = [
    ["too small", server("emptyDir: {sizeLimit: 10Gi}"), ["warning 10Gi"]],
    ["large enough", server("emptyDir: {sizeLimit: 20Gi}"), []],
    ["without a limit", server("emptyDir: {}"), []],
    ["with a limit of none", server("emptyDir: {sizeLimit: 0}"), []],
    ["a claim", server("persistentVolumeClaim: {claimName: m}"), []],
    ["of an unknown model", server("emptyDir: {sizeLimit: 1Gi}", { model: "acme/m" }), []],
    ["of a model by path", server("emptyDir: {sizeLimit: 1Gi}", { model: "/models/Qwen3-8B" }), []],
    [
      "at HF_HOME",
      server("emptyDir: {sizeLimit: 10Gi}", { env: "[{name: HF_HOME, value: /cache}]", path: "/cache" }),
      ["warning 10Gi"],
    ],
    ["elsewhere", server("emptyDir: {sizeLimit: 1Gi}", { path: "/tmp" }), []],
    [
      "at a home that is filled in",
      server("emptyDir: {sizeLimit: 1Gi}", { env: "[{name: HF_HOME, valueFrom: {}}]" }),
      [],
    ],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(foundBy(rule, text), expected));

  test("is made larger by the fix", () => {
    const text = server("emptyDir: {sizeLimit: 10Gi}");
    assert.equal(
      findingsOf(rule, filesOf(text))[0]?.message,
      'Deployment "llama", container "vllm": Qwen/Qwen3-8B is 15.3 GiB of weights, and the emptyDir they are downloaded to may hold 10Gi: the pod is evicted before it is there. Write 19Gi or more.',
    );
    assert.deepEqual(mendedBy(rule, text)?.lines, [
      "- volumes: [{name: c, emptyDir: {sizeLimit: 10Gi}}]",
      "+ volumes: [{name: c, emptyDir: {sizeLimit: 19Gi}}]",
    ]);
  });
});
