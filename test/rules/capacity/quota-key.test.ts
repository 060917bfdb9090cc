import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, lint } from "../../support/lint.ts";
import { all, quota } from "./manifests.ts";

function said(hard: string): { key: string; after: string[] }[] {
  const files = all(quota(hard));
  return lint(files)
    .filter(({ rule }) => rule === "capacity/quota-key")
    .map((finding) => ({
      key: cut(files, finding),
      after: finding.fixes.map(
        ({ edits }) => /hard: \{(.*)\}/.exec(applyEdits(files, edits)["all.yaml"] ?? "")?.[1] ?? "",
      ),
    }));
}

describe("the key of a GPU quota", () => {
  const table: [title: string, hard: string, expected: ReturnType<typeof said>][] = [
    ["requests.", "requests.nvidia.com/gpu: 4", []],
    ["the bare name", "nvidia.com/gpu: 4", [{ key: "nvidia.com/gpu", after: ["requests.nvidia.com/gpu: 4"] }]],
    ["limits.", "limits.nvidia.com/gpu: 4", [{ key: "limits.nvidia.com/gpu", after: ["requests.nvidia.com/gpu: 4"] }]],
    [
      "in quotes",
      '"limits.nvidia.com/mig-1g.5gb": 4',
      [{ key: '"limits.nvidia.com/mig-1g.5gb"', after: ['"requests.nvidia.com/mig-1g.5gb": 4'] }],
    ],
    [
      "beside the right one: no fix",
      "requests.nvidia.com/gpu: 8, limits.nvidia.com/gpu: 4",
      [{ key: "limits.nvidia.com/gpu", after: [] }],
    ],
    [
      "twice wrong: no fix",
      "nvidia.com/gpu: 8, limits.nvidia.com/gpu: 4",
      [
        { key: "nvidia.com/gpu", after: [] },
        { key: "limits.nvidia.com/gpu", after: [] },
      ],
    ],
    ["memory and CPU have limits", "limits.cpu: 4, limits.memory: 4Gi", []],
  ];
  for (const [title, hard, expected] of table) test(title, () => assert.deepEqual(said(hard), expected));
});
