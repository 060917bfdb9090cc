import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";
import { all, deployment, hpa, scaledObject } from "./manifests.ts";

const budget = (spec: string, labels = "matchLabels: {app: llama}") => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: llama}
spec:
  ${spec}
  selector: {${labels}}
`;

const findings = (files: Files) => lint(files).filter(({ rule }) => rule === "capacity/blocked-drain");
const said = (files: Files) => findings(files).map((finding) => `${finding.severity} ${cut(files, finding)}`);

describe("a budget at the minimum of its pods", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["one may always go", all(deployment(), hpa(8, { min: 2 }), budget("maxUnavailable: 1")), []],
    ["one of two must stay", all(deployment(), hpa(8, { min: 2 }), budget("minAvailable: 1")), []],
    ["two of two must stay", all(deployment(), hpa(8, { min: 2 }), budget("minAvailable: 2")), ["warning 2"]],
    ["one of one", all(deployment(), hpa(8), budget("minAvailable: 1")), ["warning 1"]],
    ["half of one is one", all(deployment(), hpa(8), budget('minAvailable: "50%"')), ['warning "50%"']],
    ["half of two is one", all(deployment(), hpa(8, { min: 2 }), budget('minAvailable: "50%"')), []],
    ["all", all(deployment(), hpa(8, { min: 4 }), budget('minAvailable: "100%"')), ['warning "100%"']],
    ["none may go", all(deployment(), hpa(8, { min: 4 }), budget("maxUnavailable: 0")), ["warning 0"]],
    [
      "from zero: then the first one",
      all(deployment(), scaledObject("  maxReplicaCount: 4"), budget("minAvailable: 1")),
      ["warning 1"],
    ],
    [
      "no autoscaler: its own replicas",
      all(deployment({ spec: "  replicas: 3" }), budget("minAvailable: 3")),
      ["warning 3"],
    ],
    ["other pods", all(deployment(), hpa(8), budget("minAvailable: 1", "matchLabels: {app: other}")), []],
    [
      "pods that are chosen by expressions",
      all(deployment(), hpa(8), budget("minAvailable: 1", "matchExpressions: [{key: app, operator: Exists}]")),
      ["warning 1"],
    ],
    [
      "other pods that are chosen by expressions",
      all(deployment(), hpa(8), budget("minAvailable: 1", "matchExpressions: [{key: app, operator: DoesNotExist}]")),
      [],
    ],
    ["what serves no model", all(deployment({ gpus: "limits: {cpu: 1}" }), budget("minAvailable: 1")), []],
    [
      "a minimum that is filled in later",
      all(deployment(), hpa(8, { min: '"${MIN}"' }), budget("minAvailable: 1")),
      [],
    ],
    [
      "another namespace",
      all(deployment({ namespace: "a" }), hpa(8, { namespace: "a" }), budget("minAvailable: 1")),
      [],
    ],
  ];
  for (const [title, files, expected] of table) test(title, () => assert.deepEqual(said(files), expected));

  test("the fix lets one pod go", () => {
    for (const spec of ["minAvailable: 2", "maxUnavailable: 0"]) {
      const files = all(deployment(), hpa(8, { min: 2 }), budget(spec));
      const after = applyEdits(files, findings(files)[0]?.fixes[0]?.edits ?? []);
      assert.match(after["all.yaml"] ?? "", /^ {2}maxUnavailable: 1$/m);
      assert.deepEqual(said(after), []);
    }
  });
});

describe("no budget at all", () => {
  const none = (files: Files) =>
    lint(files)
      .filter(({ rule }) => rule === "capacity/no-budget")
      .map(({ message }) => message);
  const other = budget("maxUnavailable: 1", "matchLabels: {app: other}");

  test("is worth knowing beside one of others, from two replicas on", () => {
    assert.equal(none(all(deployment(), hpa(8, { min: 2 }), other)).length, 1);
    assert.deepEqual(none(all(deployment(), hpa(8), other)), []);
    assert.deepEqual(none(all(deployment(), hpa(8, { min: 2 }))), []);
    assert.deepEqual(none(all(deployment(), hpa(8, { min: 2 }), other, budget("maxUnavailable: 1"))), []);
    assert.deepEqual(none({ "dev/all.yaml": all(deployment(), hpa(8, { min: 2 }), other)["all.yaml"] }), []);
  });
});
