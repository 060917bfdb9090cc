import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cpuMetric, hpaOf, mended, running, said, webTarget } from "./support.ts";

const web = 'HorizontalPodAutoscaler "web"';

describe("minReplicas above maxReplicas", () => {
  const rule = "hpa/min-above-max";
  const above = (max: number, min: number) =>
    `error at ${max}: ${web}: maxReplicas ${max} is below minReplicas ${min}, so the API server refuses it. Raise maxReplicas to ${min}, or lower minReplicas.`;
  const table: [title: string, min: string, max: string, expected: string[]][] = [
    ["one above", "5", "4", [above(4, 5)]],
    ["the same", "4", "4", []],
    ["a minimum that is filled in later", "${MIN}", "4", []],
    ["a maximum that is filled in later", "4", "${MAX}", []],
    ["a maximum of 0 is wrong by itself", "4", "0", []],
    ["numbers in another notation", "0x5", "4", [above(4, 5)]],
  ];
  for (const [title, min, max, expected] of table)
    test(title, () => assert.deepEqual(said(rule, { "hpa.yaml": hpaOf({ min, max }) }), expected));

  test("the fix raises the maximum and keeps the comment", () => {
    const files = { "hpa.yaml": hpaOf({ min: "5", max: "4 # as many as the quota allows" }) };
    assert.match(mended(rule, files)["hpa.yaml"] ?? "", /maxReplicas: 5 # as many as the quota allows\n/);
  });

  test("a number that stands for others too is told, and left alone", () => {
    const files = { "hpa.yaml": hpaOf({ min: "5", max: "&max 4" }) };
    assert.equal(said(rule, files).length, 1);
    assert.throws(() => mended(rule, files), /no fix/);
  });

  test("a patch is judged in what it is applied to, not by itself", () => {
    const files = {
      "kustomization.yaml": "resources: [base.yaml]\npatches: [{path: less.yaml}]\n",
      "base.yaml": hpaOf({}),
      "less.yaml": hpaOf({ min: "5", max: "3", metrics: undefined }),
    };
    assert.deepEqual(said(rule, files), []);
  });
});

describe("minReplicas 0", () => {
  const rule = "hpa/scale-to-zero";
  const external = '{type: External, external: {metric: {name: q}, target: {type: AverageValue, averageValue: "5"}}}';
  const gate = (version: string) =>
    `error at 0: ${web}: Kubernetes ${version} refuses minReplicas 0 unless the feature gate HPAScaleToZero is on, which it is by default from 1.37. Set it to 1, or scale with KEDA.`;
  const blind = (types: string) =>
    `error at 0: ${web}: minReplicas 0 needs an Object or External metric, and this has only ${types}: with no pods nothing could be measured, so the API server refuses it. Add one, or set minReplicas to 1.`;
  const table: [title: string, kubernetes: string | undefined, metrics: string | undefined, expected: string[]][] = [
    ["before the gate is on by default", "1.36", `[${external}]`, [gate("1.36")]],
    ["of a patch release with a v", "v1.34.2", `[${cpuMetric}]`, [gate("1.34")]],
    ["from 1.37 with a queue", "1.37", `[${external}]`, []],
    ["from 1.37 on cpu", "1.37", `[${cpuMetric}]`, [blind("Resource")]],
    ["from 1.37 on cpu and a queue", "1.37", `[${cpuMetric}, ${external}]`, []],
    ["nobody knows where, with a queue", undefined, `[${external}]`, []],
    ["nobody knows where, on cpu", undefined, `[${cpuMetric}]`, [blind("Resource")]],
    ["nobody knows where, without metrics", undefined, "[]", [blind("the default, cpu")]],
    ["a version that is none", "stable", `[${external}]`, []],
    ["metrics that are filled in later", "1.37", "${METRICS}", []],
    ["a metric type that is filled in later", "1.37", '[{type: "${TYPE}"}]', []],
  ];
  for (const [title, kubernetes, metrics, expected] of table)
    test(title, () => {
      const files = {
        ...(kubernetes !== undefined && running(kubernetes)),
        "hpa.yaml": hpaOf({ min: "0", ...(metrics !== undefined && { metrics }) }),
      };
      assert.deepEqual(said(rule, files), expected);
    });

  test("1 is always possible", () => {
    assert.deepEqual(said(rule, { ...running("1.30"), "hpa.yaml": hpaOf({ min: "1" }) }), []);
  });
});

describe("the apiVersion of a scale target", () => {
  const rule = "hpa/target-api-version";
  const absent = (consequence: string, severity = "error") =>
    `${severity} at scaleTargetRef: ${web}: scaleTargetRef has no apiVersion, so Kubernetes looks for Deployment in the core group, finds none and ${consequence}. Write apps/v1.`;
  const refuses = "the API server refuses the HPA";
  const silent = "the HPA reports FailedGetScale and scales nothing";
  const group = (written: string, kind: string, wanted: string) =>
    `error at ${written}: ${web}: scaleTargetRef asks for ${kind} in ${written}, where it is not served: the HPA reports FailedGetScale and scales nothing. Write ${wanted}.`;
  const table: [title: string, kubernetes: string | undefined, target: string, expected: string[]][] = [
    ["absent from 1.34", "1.34", "{kind: Deployment, name: web}", [absent(refuses)]],
    ["absent before 1.34", "1.33", "{kind: Deployment, name: web}", [absent(silent, "warning")]],
    [
      "absent, nobody knows where",
      undefined,
      "{kind: Deployment, name: web}",
      [absent(`${refuses} (from 1.34; before, it scales nothing)`)],
    ],
    ["without a value", "1.34", "{apiVersion: , kind: Deployment, name: web}", [absent(refuses)]],
    [
      "without a group",
      "1.34",
      "{apiVersion: v1, kind: Deployment, name: web}",
      [group("v1", "Deployment", "apps/v1")],
    ],
    [
      "of a group that lost the kind",
      "1.34",
      "{apiVersion: extensions/v1beta1, kind: Deployment, name: web}",
      [group("extensions/v1beta1", "Deployment", "apps/v1")],
    ],
    [
      "of another kind",
      "1.34",
      "{apiVersion: apps/v1, kind: LeaderWorkerSet, name: web}",
      [group("apps/v1", "LeaderWorkerSet", "leaderworkerset.x-k8s.io/v1")],
    ],
    [
      "the version does not matter to the controller",
      "1.34",
      "{apiVersion: apps/v1beta1, kind: Deployment, name: web}",
      [],
    ],
    [
      "another group may have the kind",
      "1.34",
      "{apiVersion: apps.kruise.io/v1beta1, kind: StatefulSet, name: web}",
      [],
    ],
    ["a ReplicationController is of the core group", "1.34", "{kind: ReplicationController, name: web}", []],
    ["filled in later", "1.34", '{apiVersion: "${API}", kind: Deployment, name: web}', []],
    ["right", "1.34", webTarget, []],
    ["a kind of hostile name", "1.34", "{kind: __proto__, name: web}", []],
  ];
  for (const [title, kubernetes, target, expected] of table)
    test(title, () => {
      const files = { ...(kubernetes !== undefined && running(kubernetes)), "hpa.yaml": hpaOf({ target }) };
      assert.deepEqual(said(rule, files), expected);
    });

  test("the fix writes it in the style of the reference", () => {
    const files = { "hpa.yaml": hpaOf({ target: "{kind: StatefulSet, name: web}" }) };
    const text = mended(rule, files)["hpa.yaml"] ?? "";
    assert.match(text, /scaleTargetRef: \{kind: StatefulSet, name: web, apiVersion: apps\/v1\}/);
    assert.deepEqual(said(rule, { "hpa.yaml": text }), []);
  });
});
