import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, lint } from "../../support/lint.ts";

const variant = `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata:
  name: llama-va
spec:
  scaleTargetRef: {kind: Deployment, name: llama}
  modelID: meta/llama
`;
const target = `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
`;
const behavior = "{scaleUp: {stabilizationWindowSeconds: 180}, scaleDown: {stabilizationWindowSeconds: 300}}";

const hpa = (metric: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 8
  metrics:
    - type: External
      external:
${metric}
  behavior: ${behavior}
---
${variant}${target}`;

const scaledObject = (trigger: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: llama
spec:
  maxReplicaCount: 8
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  triggers:
    - type: prometheus
${trigger}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior: ${behavior}
---
${variant}${target}`;

function found(text: string): string[] {
  const files = { "a.yaml": text };
  return lint(files)
    .filter(({ rule }) => rule === "wva/metric-target")
    .map((finding) => cut(files, finding));
}

function mended(text: string): string {
  let files: Record<string, string> = { "a.yaml": text };
  for (let rounds = 0; rounds < 4; rounds++) {
    const fix = lint(files).find(({ rule }) => rule === "wva/metric-target")?.fixes[0];
    if (fix === undefined) break;
    files = applyEdits(files, fix.edits);
  }
  // Once the target is right, tolerance and fallback are worth knowing of.
  const left = lint(files).flatMap(({ rule, severity }) => (severity === "info" ? [] : [rule]));
  assert.ok(!left.includes("wva/metric-target"), files["a.yaml"]);
  const before = lint({ "a.yaml": text }).map(({ rule }) => rule);
  assert.deepEqual(
    left.filter((rule) => !before.includes(rule)),
    [],
    files["a.yaml"],
  );
  return files["a.yaml"] ?? "";
}

describe("wva_desired_replicas in an HPA", () => {
  const metric = (selector: string, aim: string) => `        metric:
          name: wva_desired_replicas${selector}
        target:
${aim}`;
  const selector = "\n          selector: {matchLabels: {variant_name: llama-va}}";

  test("AverageValue 1 of one variant is what WVA means", () => {
    assert.deepEqual(found(hpa(metric(selector, '          type: AverageValue\n          averageValue: "1"'))), []);
    assert.deepEqual(found(hpa(metric(selector, "          type: AverageValue\n          averageValue: 1000m"))), []);
  });

  test("Value runs away", () => {
    const text = hpa(metric(selector, "          type: Value\n          value: 2"));
    assert.deepEqual(found(text), ["Value"]);
    assert.match(mended(text), /type: AverageValue\n {10}averageValue: 1\n/);
  });

  test("another target divides", () => {
    const text = hpa(metric(selector, '          type: AverageValue\n          averageValue: "2"'));
    assert.deepEqual(found(text), ['"2"']);
    assert.match(mended(text), /averageValue: "1"\n/);
  });

  test("without variant_name all variants are added up", () => {
    const text = hpa(metric("", '          type: AverageValue\n          averageValue: "1"'));
    assert.deepEqual(found(text), ["wva_desired_replicas"]);
    assert.match(mended(text), /selector:\n {12}matchLabels:\n {14}variant_name: llama-va\n/);
  });

  test("a value that is filled in later is not judged", () => {
    assert.deepEqual(
      found(hpa(metric(selector, "          type: AverageValue\n          averageValue: ${TARGET}"))),
      [],
    );
  });
});

describe("wva_desired_replicas in a KEDA trigger", () => {
  const trigger = (query: string, threshold: string, extra = "") => `${extra}      metadata:
        serverAddress: https://prometheus:9090
        query: ${query}
        threshold: "${threshold}"`;

  test("threshold 1 of one variant is what WVA means", () => {
    assert.deepEqual(found(scaledObject(trigger(`max(wva_desired_replicas{variant_name="llama-va"})`, "1"))), []);
  });

  test("Value, another threshold and a bare selector are three mistakes", () => {
    const text = scaledObject(trigger("wva_desired_replicas", "2", "      metricType: Value\n"));
    assert.deepEqual(found(text), ["Value", "wva_desired_replicas", '"2"']);
    assert.match(mended(text), /query: "wva_desired_replicas\{variant_name=\\"llama-va\\"\}"/);
  });

  test("labels that are there already stay", () => {
    const text = scaledObject(trigger(`'sum(wva_desired_replicas{exported_namespace="llm"})'`, "1"));
    assert.equal(found(text).length, 1);
    assert.match(
      mended(text),
      /query: 'sum\(wva_desired_replicas\{variant_name="llama-va",exported_namespace="llm"\}\)'/,
    );
  });

  test("arithmetic may mean something else", () => {
    assert.deepEqual(found(scaledObject(trigger("wva_desired_replicas - wva_current_replicas", "2"))), []);
  });
});
