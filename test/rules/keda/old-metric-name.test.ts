import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, lint } from "../../support/lint.ts";
import { prometheus, said, scaledObject } from "./support.ts";

const rule = "keda/old-metric-name";
const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 4";
const named = scaledObject(bounds, prometheus("sum(a)", "metricName: queue"));

describe("metricName of a trigger", () => {
  test("is told once, as something without effect", () => {
    const rules = lint({ "so.yaml": named }).filter(({ message }) => message.includes("metricName"));
    assert.deepEqual(
      rules.map((finding) => `${finding.severity} ${finding.rule}`),
      [`warning ${rule}`],
    );
  });

  test("is taken away safely", () => {
    const fix = lint({ "so.yaml": named }).find((finding) => finding.rule === rule)?.fixes[0];
    assert.equal(fix?.safe, true);
    assert.deepEqual(applyEdits({ "so.yaml": named }, fix?.edits ?? []), {
      "so.yaml": scaledObject(bounds, prometheus("sum(a)")),
    });
  });

  test("was read by KEDA up to 2.11", () => {
    assert.deepEqual(said(rule, named, 'versions: {keda: "2.11"}\n'), []);
    assert.deepEqual(said(rule, named, 'versions: {keda: "2.12"}\n'), ["warning metricName"]);
  });

  test("is what a scaler of a cloud asks for", () => {
    const cloud = `    - type: aws-cloudwatch
      metadata: {namespace: AWS/SQS, metricName: Depth, dimensionName: Q, dimensionValue: q, targetMetricValue: "2", minMetricValue: "0", awsRegion: eu-west-1}`;
    assert.deepEqual(said(rule, scaledObject(bounds, cloud)), []);
  });
});
