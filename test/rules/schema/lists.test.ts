import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, lint } from "../../support/lint.ts";

test("the items of a List are checked by the schemas of their kinds, at their own places", () => {
  const text = `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: {name: llama}
    spec:
      selectors: {app: llama}
      ports: [{port: "8000"}]
  - apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: llama}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
      minReplicas: 1
      maxReplicas: 2
      behavior: {scaleUp: {selectPolicy: Mix}}
`;
  const found = lint({ "a.yaml": text }).filter(({ rule }) => rule.startsWith("schema/"));
  assert.deepEqual(
    found.map((finding) => [finding.rule, finding.range.start.line, cut({ "a.yaml": text }, finding)]),
    [
      ["schema/unknown-key", 7, "selectors"],
      ["schema/wrong-type", 8, '"8000"'],
      ["schema/wrong-value", 16, "Mix"],
    ],
  );
  assert.match(found[0]?.message ?? "", /^Service "llama": /);
});

test("so are those of a list of one kind", () => {
  const text = `apiVersion: v1
kind: ServiceList
items:
  - apiVersion: v1
    kind: Service
    metadata: {name: llama}
    spec: {selectors: {app: llama}, ports: [{port: 8000}]}
`;
  const found = lint({ "a.yaml": text }).filter(({ rule }) => rule.startsWith("schema/"));
  assert.deepEqual(
    found.map((finding) => [finding.rule, cut({ "a.yaml": text }, finding)]),
    [["schema/unknown-key", "selectors"]],
  );
});
