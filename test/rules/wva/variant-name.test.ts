import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, lint } from "../../support/lint.ts";
import { follower, said, variant, workspace } from "./stack.ts";

const found = (selected: string, wva?: string) =>
  said("wva/variant-name", workspace(`${follower("maxReplicas: 8", selected)}---\n${variant()}`, wva));

describe("the variant_name that an HPA selects", () => {
  test("is the VariantAutoscaling's up to 0.4.2 and from 0.5.1", () => {
    for (const wva of ["0.4.2", "0.5.1", "0.8"]) {
      assert.deepEqual(found("llama-va", wva), []);
      assert.deepEqual(found("llama", wva), ["error 10 llama"]);
    }
  });

  test("is the Deployment's in 0.5.0 alone", () => {
    assert.deepEqual(found("llama", "0.5.0"), []);
    assert.deepEqual(found("llama-va", "0.5.0"), ["error 10 llama-va"]);
  });

  test("is the HPA's from 0.9", () => {
    assert.deepEqual(found("llama-hpa", "0.9.0"), []);
    assert.deepEqual(found("llama-va", "0.9.0"), ["error 10 llama-va"]);
  });

  test("may be any of the three without a version, or with 0.5 and no patch", () => {
    for (const wva of [undefined, "0.5"]) {
      for (const name of ["llama", "llama-va", "llama-hpa"]) assert.deepEqual(found(name, wva), []);
      assert.deepEqual(found("llama-variant", wva), ["error 10 llama-variant"]);
    }
  });

  test("is not judged without a VariantAutoscaling of the target, or where a kustomization renames", () => {
    const files = workspace(`${follower("maxReplicas: 8", "x")}---\n${variant("", "va", "other")}`);
    assert.deepEqual(said("wva/variant-name", files), []);
    const renamed = {
      ...workspace(`${follower("maxReplicas: 8", "prod-llama-va")}---\n${variant()}`),
      "kustomization.yaml": "resources: [stack.yaml]\nnamePrefix: prod-\n",
    };
    assert.deepEqual(said("wva/variant-name", renamed), []);
  });

  test("is read in the queries of a ScaledObject too", () => {
    const scaled = (query: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama-so}
spec:
  scaleTargetRef: {name: llama}
  triggers:
    - type: prometheus
      metadata:
        serverAddress: "http://p:9090"
        threshold: "1"
        query: ${query}
---
${variant()}`;
    const told = (query: string, wva?: string) => said("wva/variant-name", workspace(scaled(query), wva));
    const plain = (name: string) => `max(wva_desired_replicas{variant_name="${name}",exported_namespace="llm"})`;
    assert.deepEqual(told(plain("llama-va"), "0.5.1"), []);
    assert.deepEqual(told(plain("llama"), "0.5.1"), ["error 11 llama"]);
    assert.deepEqual(told(plain("llama-so"), "0.9.0"), []);
    assert.deepEqual(told(plain("llama-va"), "0.9.0"), ["error 11 llama-va"]);
    for (const name of ["llama", "llama-va", "llama-so"]) assert.deepEqual(told(plain(name)), []);
    assert.deepEqual(told(plain("llama-variant")), ["error 11 llama-variant"]);
    assert.deepEqual(told("|\n          wva_desired_replicas{variant_name='x'}"), ["error 12 x"]);
    for (const query of ["up{variant_name='x'}", "wva_desired_replicas{variant_name=~'x.*'}", plain("${NAME}")])
      assert.deepEqual(told(query), []);
    const files = workspace(scaled(plain("x")), "0.5.1");
    const [finding] = lint(files).filter(({ rule }) => rule === "wva/variant-name");
    assert.equal(
      finding?.message,
      'ScaledObject "llama-so" selects variant_name "x", but WVA 0.5.1 writes the name of the VariantAutoscaling, "llama-va": no series matches, and KEDA scales on nothing. Use "llama-va".',
    );
    const mended = applyEdits(files, finding.fixes[0]?.edits ?? []);
    assert.deepEqual(said("wva/variant-name", mended), []);
    assert.match(mended["stack.yaml"] ?? "", /variant_name="llama-va",exported_namespace/);
  });

  test("0.9 writes the autoscaler's own name, without a VariantAutoscaling", () => {
    const alone = (name: string) => workspace(follower("maxReplicas: 8", name), "0.9.0");
    assert.deepEqual(said("wva/variant-name", alone("llama")), ["error 10 llama"]);
    assert.deepEqual(said("wva/variant-name", alone("llama-hpa")), []);
  });
});
