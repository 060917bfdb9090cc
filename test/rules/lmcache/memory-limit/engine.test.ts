import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configMap, engine, fixed, flat, found, ours, type Pod, sidecar, stack } from "./support.ts";

describe("an engine's limit against what its ranks pin", () => {
  const args = (...words: string[]) => `args: ${JSON.stringify(words)}`;
  const model = "meta-llama/Llama-3.1-70B-Instruct";
  const cases: [name: string, size: string, pod: Pod, expected: string[]][] = [
    ["40 GiB in 40Gi", "40", { limit: "40Gi" }, ["error 40Gi"]],
    ["40 GiB with 11Gi beside", "40", { limit: "51Gi" }, ["warning 51Gi"]],
    ["40 GiB with 12Gi beside", "40.0", { limit: "52Gi" }, []],
    ["a number in quotes", '"40"', { limit: "40Gi" }, ["error 40Gi"]],
    ["half a GiB", "0.5", { limit: "512Mi" }, ["error 512Mi"]],
    ["a size that LMCache cannot read", '"40Gi"', { limit: "10Gi" }, []],
    ["a size that is filled in later", '"${SIZE}"', { limit: "10Gi" }, []],
    ["no size", "~", { limit: "4Gi" }, []],
    ["zero", "0", { limit: "4Gi" }, []],
    ["TP 4", "20", { limit: "80Gi", args: args("--model", model, "--tensor-parallel-size", "4") }, ["error 80Gi"]],
    ["TP 4 with room", "20", { limit: "104Gi", args: args("--model", model, "-tp", "4") }, []],
    ["TP 4 with little room", "20", { limit: "103Gi", args: args("--model", model, "-tp=4") }, ["warning 103Gi"]],
    ["TP 2 x PP 2", "20", { limit: "80Gi", args: args(`--model=${model}`, "-tp", "2", "-pp", "2") }, ["error 80Gi"]],
    ["vllm serve", "20", { limit: "80Gi", args: `command: [vllm, serve, ${model}, -tp, "4"]` }, ["error 80Gi"]],
    ["an image that serves", "20", { limit: "80Gi", args: args(model, "-tp", "4") }, ["error 80Gi"]],
    [
      "a shell script",
      "20",
      { limit: "80Gi", args: `command: [sh, -c, "exec vllm serve ${model} --tensor-parallel-size 4"]` },
      ["error 80Gi"],
    ],
    ["a degree from the shell", "20", { limit: "80Gi", args: args("--model", model, "-tp", "$(TP)") }, []],
    ["no model in sight", "20", { limit: "80Gi", args: args("--config", "/etc/vllm.yaml", "-tp", "4") }, []],
    ["a model from the shell", "20", { limit: "80Gi", args: args("--model", "$MODEL", "-tp", "4") }, []],
    ["a path that tells nothing", "20", { limit: "80Gi", args: args("--model", "/mnt/models", "-tp", "4") }, []],
    [
      "a path that tells the model",
      "20",
      { limit: "80Gi", args: args("--model", "/mnt/llama-3.1-70b", "-tp", "4") },
      ["error 80Gi"],
    ],
    ["latent attention", "20", { limit: "80Gi", args: args("--model", "deepseek-ai/DeepSeek-V3.2", "-tp", "8") }, []],
    [
      "latent attention, too little",
      "20",
      { limit: "20Gi", args: args("--model", "moonshotai/Kimi-K2-Instruct", "-tp", "8") },
      ["error 20Gi"],
    ],
    [
      "latent attention in a path",
      "20",
      { limit: "80Gi", args: args("--model", "/models/zai-org/GLM-5", "-tp", "8") },
      [],
    ],
    [
      "a distillation",
      "20",
      { limit: "80Gi", args: args("--model", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "-tp", "4") },
      ["error 80Gi"],
    ],
    [
      "ranks on other pods",
      "20",
      { limit: "104Gi", gpus: "4", args: args("--model", model, "-tp", "4", "-pp", "2") },
      [],
    ],
    [
      "8 GPUs here",
      "20",
      { limit: "104Gi", gpus: "8", args: args("--model", model, "-tp", "4", "-pp", "2") },
      ["error 104Gi"],
    ],
    [
      "the server's connector",
      "40",
      { limit: "10Gi", args: args("--kv-transfer-config", '{"kv_connector":"LMCacheMPConnector"}') },
      [],
    ],
  ];
  for (const [name, size, pod, expected] of cases) {
    test(name, () => assert.deepEqual(found(stack(configMap(flat(size)), engine(pod))), expected));
  }

  test("says how the ranks add up", () => {
    const pod = engine({ limit: "64Gi", args: args("--model", model, "-tp", "4") });
    assert.equal(
      ours(stack(configMap(flat("20")), pod))[0]?.message,
      'Container "vllm" of Deployment "llama" may use 64Gi of memory, but LMCache pins 80Gi at start (max_local_cpu_size 20Gi for each of 4 ranks): it is OOMKilled before it serves. Raise the limit to 104Gi or set max_local_cpu_size to 10.',
    );
  });

  test("without a size it is LMCache's 5 GiB, if there is a file to say so", () => {
    const pod = { limit: "16Gi" };
    const files = stack(configMap(flat("")), engine(pod));
    assert.deepEqual(found(files), ["warning 16Gi"]);
    assert.equal(
      ours(files)[0]?.message,
      'Container "vllm" of Deployment "llama" may use 16Gi of memory, of which LMCache pins 5Gi at start (LMCache\'s default, max_local_cpu_size is not written): the 11Gi left are less than the 12Gi that its processes work with. Raise the limit to 20Gi or set max_local_cpu_size to 4.',
    );
    assert.match(fixed(files, /^Set max_local_cpu_size/), /local_cpu: true\n {4}max_local_cpu_size: 4\n/);
    assert.deepEqual(found(stack(engine(pod))), []);
    assert.deepEqual(found(stack(engine({ ...pod, file: "" }))), []);
  });

  test("local_cpu: false still pins; huge pages and a decoder without a CPU tier do not", () => {
    const off = flat("40").replace("local_cpu: true", "local_cpu: false");
    assert.deepEqual(found(stack(configMap(off), engine({ limit: "40Gi" }))), ["error 40Gi"]);
    assert.deepEqual(found(stack(configMap(`${off}enable_pd: true\n`), engine({ limit: "40Gi" }))), []);
    const pages = flat("40", "local_cpu_use_hugepages: true\n");
    assert.deepEqual(found(stack(configMap(pages), engine({ limit: "40Gi" }))), []);
  });

  test("a sidecar with the flat form needs a tenth beside it", () => {
    assert.deepEqual(found(stack(configMap(flat("150")), sidecar({ limit: "10Gi" }))), ["error 10Gi"]);
    assert.deepEqual(found(stack(configMap(flat("150")), sidecar({ limit: "160Gi" }))), ["warning 160Gi"]);
    assert.deepEqual(found(stack(configMap(flat("150")), sidecar({ limit: "165Gi" }))), []);
  });

  test("a group of pods counts the ranks of one pod", () => {
    const group = (gpus: string) =>
      engine({ limit: "104Gi", gpus, args: args("--model", model, "-tp", "4", "-pp", "2") })
        .replace("apps/v1\nkind: Deployment", "leaderworkerset.x-k8s.io/v1\nkind: LeaderWorkerSet")
        .replace("  template:\n", "  leaderWorkerTemplate:\n    size: 2\n    workerTemplate:\n")
        .replace(/(?<=workerTemplate:\n)[\s\S]*/, (pod) => pod.replace(/^/gm, "  "));
    assert.deepEqual(found(stack(configMap(flat("20")), group("4"))), []);
    assert.deepEqual(found(stack(configMap(flat("30")), group("4"))), ["error 104Gi"]);
    assert.deepEqual(found(stack(configMap(flat("30")), group(""))), []);
  });
});
