import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";
import { all, deployment, hpa, pool, quota } from "./manifests.ts";

const gpus = (count: number) => quota(`requests.nvidia.com/gpu: ${count}`);
const rolling = (surge: string, unavailable: string) =>
  deployment({ spec: `  strategy: {rollingUpdate: {maxSurge: ${surge}, maxUnavailable: ${unavailable}}}` });

function findings(files: Files) {
  return lint(files).filter(({ rule }) => rule === "capacity/rollout");
}

function said(files: Files): string[] {
  return findings(files).map((finding) => {
    const counts = /at (\d+) replicas (\d+) of (\d+) \S+ of (\w+)/.exec(finding.message);
    return `${cut(files, finding)}: ${counts?.slice(1).join(" ")}`;
  });
}

describe("a rollout at the largest count", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["no GPU free", all(rolling("1", "0"), hpa(8), gpus(16)), ["1: 8 0 16 ResourceQuota"]],
    ["one GPU free, two needed", all(rolling("1", "0"), hpa(8), gpus(17)), ["1: 8 1 17 ResourceQuota"]],
    ["room for one pod", all(rolling("1", "0"), hpa(8), gpus(18)), []],
    ["room for one of two: it goes on, one by one", all(rolling("2", "0"), hpa(8), gpus(18)), []],
    ["an old one goes first", all(rolling("0", "1"), hpa(8), gpus(16)), []],
    ["both at once: the old one makes room", all(rolling("1", "1"), hpa(8), gpus(16)), []],
    ["percentages: 25 % of eight may be away", all(rolling("25%", "25%"), hpa(8), gpus(16)), []],
    [
      "percentages: 10 % of eight are none",
      all(rolling("10%", "10%"), hpa(8), gpus(16)),
      ["10%: 8 0 16 ResourceQuota"],
    ],
    ["the default: 25 % of four is one", all(deployment(), hpa(4), gpus(8)), []],
    ["the default: 25 % of three is none", all(deployment(), hpa(3), gpus(6)), ["llama: 3 0 6 ResourceQuota"]],
    ["Recreate", all(deployment({ spec: "  strategy: {type: Recreate}" }), hpa(3), gpus(6)), []],
    ["more than is allowed is another mistake", all(rolling("1", "0"), hpa(9), gpus(16)), []],
    ["a NodePool", all(rolling("1", "0"), hpa(8), pool("nvidia.com/gpu: 16")), ["1: 8 0 16 NodePool"]],
    [
      "a NodePool and a quota: told once",
      all(rolling("1", "0"), hpa(8), pool("nvidia.com/gpu: 16"), gpus(16)),
      ["1: 8 0 16 ResourceQuota"],
    ],
    ["a step that is filled in later", all(rolling('"${SURGE}"', "0"), hpa(8), gpus(16)), []],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));

  test("the fix writes both steps and leaves nothing to say", () => {
    for (const [before, max] of [
      [rolling("1", "0"), 8],
      [deployment(), 3],
    ] as const) {
      const files = all(before, hpa(max), gpus(max * 2));
      const [fix] = findings(files).flatMap(({ fixes }) => fixes);
      const after = applyEdits(files, fix?.edits ?? []);
      assert.match(after["all.yaml"] ?? "", /maxSurge: 0(?:, |\n +)maxUnavailable: 1/);
      assert.deepEqual(said(after), []);
    }
  });
});
