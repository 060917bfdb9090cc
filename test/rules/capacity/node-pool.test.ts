import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, type Files, lint } from "../../support/lint.ts";
import { all, deployment, hpa, pool } from "./manifests.ts";

const gpus = (count: number) => `nvidia.com/gpu: ${count}`;

function said(files: Files): string[] {
  return lint(files)
    .filter(({ rule }) => rule === "capacity/node-pool")
    .map((finding) => {
      const counts = /for (\d+) \S+ .*?\((.+?)\), but (.*?) allows? (\d+)/.exec(finding.message);
      return `${finding.severity} ${cut(files, finding)}: ${counts?.[1]} = ${counts?.[2]}, ${counts?.[3]} ${counts?.[4]}`;
    });
}

describe("GPUs asked for against NodePools", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["16 of 16 fit exactly", all(deployment(), hpa(8), pool(gpus(16))), []],
    ["18 of 16", all(deployment(), hpa(9), pool(gpus(16))), ['warning 9: 18 = 9 replicas x 2, NodePool "gpu" 16']],
    [
      "the smallest count is too much already",
      all(deployment(), hpa(12, { min: 9 }), pool(gpus(16))),
      ['error 9: 18 = 9 replicas x 2, NodePool "gpu" 16'],
    ],
    ["two pools add up", all(deployment(), hpa(12), pool(gpus(16)), pool(gpus(8), { name: "spot" })), []],
    [
      "two pools that are too small together, told once",
      all(deployment(), hpa(13), pool(gpus(16)), pool(gpus(8), { name: "spot" })),
      ["warning 13: 26 = 13 replicas x 2, the 2 NodePools beside 24"],
    ],
    [
      "a pool without a limit of GPUs may make any number",
      all(deployment(), hpa(9), pool(gpus(16)), pool("cpu: 100", { name: "any" })),
      [],
    ],
    [
      "a pool of plain instances makes none",
      all(
        deployment(),
        hpa(9),
        pool(gpus(16)),
        pool("cpu: 100", {
          name: "cpu",
          spec: "{key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r]}",
        }),
      ),
      ['warning 9: 18 = 9 replicas x 2, NodePool "gpu" 16'],
    ],
    ["another resource", all(deployment(), hpa(9), pool("amd.com/gpu: 1")), []],
    [
      "a pod that asks for a pool elsewhere",
      all(deployment({ pod: "      nodeSelector: {karpenter.sh/nodepool: reserved}" }), hpa(9), pool(gpus(16))),
      [],
    ],
    [
      "nodes know no namespaces",
      all(
        deployment({ namespace: "a" }),
        hpa(5, { namespace: "a" }),
        deployment({ name: "qwen", namespace: "b" }),
        hpa(4, { name: "qwen", namespace: "b" }),
        pool(gpus(16)),
      ),
      ['warning 16: 18 = 5 replicas x 2 + 4 replicas x 2, NodePool "gpu" 16'],
    ],
    [
      "a pool of another directory",
      { "a/all.yaml": `${deployment()}---\n${hpa(9)}`, "cluster/pool.yaml": pool(gpus(16)) },
      [],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));
});
