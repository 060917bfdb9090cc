import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findingsOf, foundBy, mendedBy, pod } from "../vllm/pods.ts";

const rule = "pods/gpu-request";
const container = (resources: string) => pod(`image: x\nresources: {${resources}}`);

describe("a request for GPUs", () => {
  const table: [resources: string, expected: string[]][] = [
    ["requests: {nvidia.com/gpu: 2}", ["error 2"]],
    ["requests: {nvidia.com/gpu: 2}, limits: {nvidia.com/gpu: 4}", ["error 2"]],
    ["requests: {nvidia.com/gpu: 2}, limits: {nvidia.com/gpu: '2'}", []],
    ["limits: {nvidia.com/gpu: 2}", []],
    ["requests: {nvidia.com/gpu: 2}, limits: {nvidia.com/gpu: '${GPUS}'}", []],
    ["requests: {nvidia.com/gpu: '${GPUS}'}, limits: {nvidia.com/gpu: 2}", []],
    ["requests: {nvidia.com/mig-1g.5gb: 1}, limits: {memory: 1Gi}", ["error 1"]],
    ["requests: {cpu: 2}, limits: {memory: 1Gi}", []],
  ];
  for (const [resources, expected] of table)
    test(resources, () => assert.deepEqual(foundBy(rule, container(resources)), expected));

  test("says both numbers; the fix writes the limit", () => {
    const text = container("requests: {nvidia.com/gpu: 2}, limits: {nvidia.com/gpu: 4}");
    assert.equal(
      findingsOf(rule, { "deployment.yaml": text })[0]?.message,
      'Deployment "llama", container "vllm" requests 2 nvidia.com/gpu, but its limit is 4: the API server refuses its pods. Write the same number in both.',
    );
    assert.deepEqual(mendedBy(rule, text)?.lines, [
      "- resources: {requests: {nvidia.com/gpu: 2}, limits: {nvidia.com/gpu: 4}}",
      "+ resources: {requests: {nvidia.com/gpu: 2}, limits: {nvidia.com/gpu: 2}}",
    ]);
  });
});
