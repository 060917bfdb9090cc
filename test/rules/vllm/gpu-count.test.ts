import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";
import { filesOf, findingsOf, foundBy, mendedBy, pod } from "./pods.ts";

const rule = "vllm/gpu-count";
const server = (gpus: string, args: string, image = "vllm/vllm-openai:v0.19.0") =>
  pod(`image: ${image}\nargs: [m, ${args}]\nresources: {limits: {${gpus}}}`);
const found = (gpus: string, args: string, image?: string) => foundBy(rule, server(gpus, args, image));

describe("ranks against GPUs of a container", () => {
  const table: [gpus: string, args: string, expected: string[]][] = [
    ["nvidia.com/gpu: 2", "-tp=4", ["error 2"]],
    ["nvidia.com/gpu: 4", "-tp=4", []],
    ["nvidia.com/gpu: 8", "-tp=4", ["warning 8"]],
    ["nvidia.com/gpu: 4", "--port=8000", ["warning 4"]],
    ["nvidia.com/gpu: 1", "--port=8000", []],
    ["nvidia.com/gpu: 4", "-tp=2, --pipeline-parallel-size=2", []],
    ["nvidia.com/gpu: 2", "-tp=2, --pipeline-parallel-size=2", ["error 2"]],
    ["nvidia.com/gpu: 8", "-tp=2, -dp=4", []],
    ["nvidia.com/gpu: 4", "-tp=2, -dp=4", ["error 4"]],
    ["nvidia.com/gpu: 8", "-dp=16, --data-parallel-size-local=8", []],
    ["nvidia.com/gpu: 8", "-dp=16, --data-parallel-address=10.0.0.1", []],
    ["nvidia.com/gpu: 2", "-tp=2, -dp=16, --data-parallel-rank=3", []],
    ["nvidia.com/gpu: 8", "-tp=16, --nnodes=2", []],
    ["nvidia.com/gpu: 4", "-tp=16, --nnodes=2", ["error 4"]],
    ["nvidia.com/gpu: 8", "-tp=16, --distributed-executor-backend=ray", []],
    ["nvidia.com/gpu: 2", '"--tensor-parallel-size=$(TP)"', []],
    ["nvidia.com/gpu: 2", "--config=/etc/vllm.yaml", []],
    ['nvidia.com/gpu: "${GPUS}"', "-tp=4", []],
    ["nvidia.com/gpu: 1, nvidia.com/mig-1g.5gb: 2", "-tp=4", []],
    ["amd.com/gpu: 4", "-tp=8", ["error 4"]],
    ["memory: 4Gi", "-tp=8", []],
  ];
  for (const [gpus, args, expected] of table)
    test(`${gpus} and ${args}`, () => assert.deepEqual(found(gpus, args), expected));

  test("nothing is said of what is not vLLM", () => {
    assert.deepEqual(
      found("nvidia.com/gpu: 2", "--tensor-parallel-size=4", "ghcr.io/llm-d/llm-d-inference-sim:v0.5"),
      [],
    );
  });

  test("says the sum, and the fix asks for as many", () => {
    const text = server("nvidia.com/gpu: 2", "-tp=2, -dp=2");
    assert.equal(
      findingsOf(rule, filesOf(text))[0]?.message,
      'Deployment "llama", container "vllm": vLLM starts 4 ranks (tensor 2 x data 2), but has 2 GPUs in the container: it stops at start. Ask for 4, or lower --tensor-parallel-size.',
    );
    assert.deepEqual(mendedBy(rule, text)?.lines, [
      "- resources: {limits: {nvidia.com/gpu: 2}}",
      "+ resources: {limits: {nvidia.com/gpu: 4}}",
    ]);
  });
});

describe("ranks against GPUs of a LeaderWorkerSet", () => {
  const group = (size: number, args: string) => `apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: {name: llama}
spec:
  leaderWorkerTemplate:
    size: ${size}
    workerTemplate:
      spec:
        containers:
          - name: vllm
            image: vllm/vllm-openai:v0.19.0
            args: [m, ${args}]
            resources: {limits: {nvidia.com/gpu: 8}}
`;
  const table: [size: number, args: string, expected: string[]][] = [
    [2, "-tp=16", []],
    [2, "-tp=8, --pipeline-parallel-size=2", []],
    [2, "-tp=8", []],
    [2, "-tp=8, --nnodes=2", ["warning"]],
    [1, "-tp=16", ["error"]],
    [2, "-tp=32", ["error"]],
    [2, "-dp=16, --data-parallel-size-local=8", []],
    [2, "-dp=16", []],
  ];
  for (const [size, args, expected] of table) {
    test(`${size} pods and ${args}`, () => {
      const findings = lint({ "lws.yaml": group(size, args) }).filter((one) => one.rule === rule);
      assert.deepEqual(
        findings.map(({ severity }) => severity),
        expected,
      );
    });
  }
});
