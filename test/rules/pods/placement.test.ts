import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { foundBy, pod } from "../vllm/pods.ts";

describe("a node selector and a required affinity", () => {
  const placed = (selector: string, ...terms: string[]) =>
    pod("image: x").replace(
      "    spec:\n      containers:",
      `    spec:
      nodeSelector: {${selector}}
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            nodeSelectorTerms:
${terms.map((term) => `              - {matchExpressions: [${term}]}\n`).join("")}      containers:`,
    );
  const table: [selector: string, terms: string[], expected: string[]][] = [
    ["gpu: h100", ["{key: gpu, operator: NotIn, values: [h100]}"], ["error gpu"]],
    ["gpu: h100", ["{key: gpu, operator: In, values: [h200]}"], ["error gpu"]],
    ["gpu: h100", ["{key: gpu, operator: DoesNotExist}"], ["error gpu"]],
    ["gpu: h100", ["{key: gpu, operator: In, values: [h200, h100]}"], []],
    ["gpu: h100", ["{key: gpu, operator: Exists}"], []],
    ["gpu: h100", ["{key: zone, operator: NotIn, values: [h100]}"], []],
    ["gpu: h100", ["{key: gpu, operator: NotIn, values: [h100]}", "{key: zone, operator: In, values: [a]}"], []],
    [
      "gpu: h100",
      ["{key: gpu, operator: NotIn, values: [h100]}", "{key: gpu, operator: In, values: [a]}"],
      ["error gpu"],
    ],
    ['gpu: "${GPU}"', ["{key: gpu, operator: In, values: [h200]}"], []],
    ["gpu: h100", ['{key: gpu, operator: In, values: ["${GPU}"]}'], []],
  ];
  for (const [selector, terms, expected] of table)
    test(`${selector} and ${terms.join(" or ")}`, () =>
      assert.deepEqual(foundBy("pods/node-contradiction", placed(selector, ...terms)), expected));
});

describe("slices and whole GPUs", () => {
  const table: [resources: string, expected: string[]][] = [
    ["limits: {nvidia.com/gpu: 1, nvidia.com/mig-1g.5gb: 2}", ["warning nvidia.com/mig-1g.5gb"]],
    [
      "limits: {nvidia.com/gpu: 1, nvidia.com/mig-1g.5gb: 2}, requests: {nvidia.com/gpu: 1, nvidia.com/mig-1g.5gb: 2}",
      ["warning nvidia.com/mig-1g.5gb"],
    ],
    ["limits: {nvidia.com/gpu: 0, nvidia.com/mig-1g.5gb: 2}", []],
    ['limits: {nvidia.com/gpu: "${N}", nvidia.com/mig-1g.5gb: 2}', []],
    ["limits: {nvidia.com/mig-1g.5gb: 2, memory: 1Gi}", []],
  ];
  for (const [resources, expected] of table)
    test(resources, () =>
      assert.deepEqual(foundBy("pods/mig-and-gpu", pod(`image: x\nresources: {${resources}}`)), expected),
    );
});
