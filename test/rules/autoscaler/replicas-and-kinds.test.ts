import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";
import { all, deployment, group, hpa, scaledObject } from "../capacity/manifests.ts";

function said(rule: string, files: Files): string[] {
  return lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(files, finding)}`);
}

const replicas = (count: number | string) => deployment({ spec: `  replicas: ${count}` });

describe("autoscaler/replicas-in-manifest", () => {
  const rule = "autoscaler/replicas-in-manifest";
  const table: [title: string, files: Files, expected: string[]][] = [
    ["no replicas", all(deployment(), hpa(8)), []],
    ["replicas, and no autoscaler", all(replicas(3)), []],
    ["both", all(replicas(3), hpa(8)), ["warning 3"]],
    ["both, with KEDA", all(replicas(3), scaledObject("  maxReplicaCount: 8")), ["warning 3"]],
    [
      "both, for a LeaderWorkerSet",
      all(
        group({ replicas: 2 }),
        hpa(8, { target: "deepseek", kind: "LeaderWorkerSet", apiVersion: "leaderworkerset.x-k8s.io/v1" }),
      ),
      ["warning 2"],
    ],
    ["an autoscaler that is pinned to this number", all(replicas(3), hpa(3, { min: 3 })), []],
    ["what serves no model", all(deployment({ spec: "  replicas: 3", gpus: "limits: {cpu: 1}" }), hpa(8)), ["info 3"]],
    ["filled in later", all(replicas('"${N}"'), hpa(8)), []],
    ["in two files", { "d.yaml": replicas(3), "h.yaml": hpa(8) }, ["warning 3"]],
    ["another target", all(replicas(3), hpa(8, { target: "other" })), []],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("zero is a stop from which an HPA does not come back", () => {
    const message = (files: Files) => lint(files).find((finding) => finding.rule === rule)?.message;
    assert.match(
      message(all(replicas(0), hpa(8))) ?? "",
      /every apply stops all pods, and an HPA does nothing at zero/,
    );
    assert.match(message(all(replicas(0), scaledObject("  minReplicaCount: 1"))) ?? "", /stops all pods, until KEDA/);
    assert.match(
      message(all(replicas(0), scaledObject(""))) ?? "",
      /from 0 to any number: every apply sets the count back to 0/,
    );
  });

  test("the fix takes the line out", () => {
    const files = all(replicas(3), hpa(8));
    const fix = lint(files).find((finding) => finding.rule === rule)?.fixes[0];
    assert.equal(fix?.safe, false);
    assert.doesNotMatch(applyEdits(files, fix?.edits ?? [])["all.yaml"] ?? "", /replicas:/);
  });
});

describe("autoscaler/not-scalable", () => {
  const rule = "autoscaler/not-scalable";
  const table: [title: string, files: Files, expected: string[]][] = [
    ["a Deployment", all(hpa(8)), []],
    ["a DaemonSet", all(hpa(8, { kind: "DaemonSet" })), ["error DaemonSet"]],
    ["a Job", all(hpa(8, { kind: "Job", apiVersion: "batch/v1" })), ["error Job"]],
    ["a Pod", all(hpa(8, { kind: "Pod", apiVersion: "v1" })), ["error Pod"]],
    ["a kind of another group", all(hpa(8, { kind: "DaemonSet", apiVersion: "apps.kruise.io/v1alpha1" })), []],
    ["a kind that nobody knows", all(hpa(8, { kind: "constructor" })), []],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));
});
