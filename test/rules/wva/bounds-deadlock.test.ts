import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";
import { follower, said, variant, workspace } from "./stack.ts";

const found = (yaml: string, wva?: string) => said("wva/bounds-deadlock", workspace(yaml, wva));
const pair = (bounds: string, spec = "") => `${follower(bounds)}---\n${variant(spec)}`;

describe("bounds around WVA's decisions", () => {
  test("a minimum of 2 stops version 0.5, one of 1 does not", () => {
    assert.deepEqual(found(pair("minReplicas: 2\nmaxReplicas: 8"), "0.5.1"), ["error 6 2"]);
    assert.deepEqual(found(pair("minReplicas: 1\nmaxReplicas: 8"), "0.5"), []);
    assert.deepEqual(found(pair("maxReplicas: 8"), "0.5"), []);
  });

  test("two sentences say what happens and what to do", () => {
    const [finding] = lint(workspace(pair("minReplicas: 2\nmaxReplicas: 8"), "0.5")).filter(
      ({ rule }) => rule === "wva/bounds-deadlock",
    );
    assert.equal(
      finding?.message,
      'HorizontalPodAutoscaler "llama-hpa": minReplicas is 2, and WVA 0.5 knows no bounds: once idle it wants 1 replica while 2 run, and takes the difference for a change under way. From then on it never scales up, however full the pods are; set minReplicas to 1.',
    );
  });

  test("different bounds are warned of from 0.6 to 0.8, by version or by the fields of the CRD", () => {
    const both = pair("minReplicas: 2\nmaxReplicas: 8", "minReplicas: 1\n  maxReplicas: 4");
    assert.deepEqual(found(both, "0.7.0"), ["warning 6 2", "warning 7 8"]);
    assert.deepEqual(found(both), ["warning 6 2", "warning 7 8"]);
    assert.deepEqual(found(pair("minReplicas: 2\nmaxReplicas: 8", "minReplicas: 2\n  maxReplicas: 8"), "0.8"), []);
  });

  test("a VariantAutoscaling of 0.6 without a maximum has 2", () => {
    assert.deepEqual(found(pair("minReplicas: 1\nmaxReplicas: 8"), "0.6.0"), ["warning 7 8"]);
    assert.deepEqual(found(pair("minReplicas: 1\nmaxReplicas: 2"), "0.6.0"), []);
  });

  test("silent without a version, before 0.5 and from 0.9", () => {
    for (const wva of [undefined, "0.4.2", "0.9.0"])
      assert.deepEqual(found(pair("minReplicas: 2\nmaxReplicas: 8"), wva), []);
  });

  test("silent where a bound is filled in later, and about an HPA that does not follow WVA", () => {
    assert.deepEqual(
      found(pair("minReplicas: {{ .Values.min }}\nmaxReplicas: 8", "minReplicas: 1\n  maxReplicas: 8"), "0.7"),
      [],
    );
    assert.deepEqual(found(`${follower("minReplicas: 2", "llama-va", "queue")}---\n${variant()}`, "0.5"), []);
  });

  test("a ScaledObject has the same mistake in its own words", () => {
    const scaled = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 3
  maxReplicaCount: 8
  triggers:
    - type: prometheus
      metadata: {serverAddress: "http://p:9090", query: 'wva_desired_replicas{variant_name="llama-va"}', threshold: "1"}
---
${variant()}`;
    assert.deepEqual(found(scaled, "0.5.0"), ["error 6 3"]);
  });
});
