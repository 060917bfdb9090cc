import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { message, said } from "./support.ts";

const hpa = (annotations: string, config = "") => ({
  "a.yaml": `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: llama, annotations: {${annotations}}}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}, maxReplicas: 8}
`,
  ...(config !== "" && { "headroom.config.yaml": `versions: {${config}}\n` }),
});

const scaledObject = (annotations: string) => ({
  "a.yaml": `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama, annotations: {${annotations}}}
spec: {scaleTargetRef: {name: llama}, triggers: [{type: cpu, metricType: Utilization, metadata: {value: "60"}}]}
`,
});

describe("annotations by which WVA finds a variant", () => {
  for (const [title, of] of [
    ["an HPA", hpa],
    ["a ScaledObject", scaledObject],
  ] as const) {
    test(`are right on ${title}`, () => {
      const all = 'llm-d.ai/managed: "true", llm-d.ai/model-id: meta/llama, llm-d.ai/variant-cost: "40.0", team: a';
      assert.deepEqual(said(of(all)), []);
    });

    test(`are refused on ${title} where WVA cannot read them`, () => {
      const model = "llm-d.ai/model-id: meta/llama";
      assert.deepEqual(said(of(`${model}, llm-d.ai/managed: true`)), ["wrong-type true"]);
      assert.deepEqual(said(of(`${model}, llm-d.ai/managed: "True"`)), ['wrong-value "True"']);
      assert.deepEqual(said(of(`${model}, llm-d.ai/variant-cost: "$40"`)), ['wrong-value "$40"']);
      assert.deepEqual(said(of(`${model}, llm-d.ai/variant-cost: "-1"`)), ['wrong-value "-1"']);
    });
  }

  test("need the model where WVA is to manage", () => {
    assert.equal(
      message(hpa('llm-d.ai/managed: "true"')),
      'HorizontalPodAutoscaler "llama": metadata.annotations lacks llm-d.ai/model-id, which it must have.',
    );
    assert.deepEqual(said(hpa('llm-d.ai/managed: "false"')), []);
  });

  test("do nothing before WVA 0.9", () => {
    const managed = 'llm-d.ai/managed: "true", llm-d.ai/model-id: m';
    assert.deepEqual(said(hpa(managed, 'wva: "0.5.1"')), [
      "other-version llm-d.ai/managed",
      "other-version llm-d.ai/model-id",
    ]);
    assert.deepEqual(said(hpa(managed, 'wva: "0.9"')), []);
  });
});
