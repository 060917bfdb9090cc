import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { follower, said, variant, workspace } from "./stack.ts";

/** The label stands on line 6, behind the name on line 4. */
const labelled = (label: string) => variant().replace("spec:", `  labels:\n    ${label}\nspec:`);

const deployment = (podSpec: string, replicas = "") => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  ${replicas}
  selector: {matchLabels: {app: llama}}
  template: {metadata: {labels: {app: llama}}, spec: {${podSpec}}}
`;

describe("the accelerator of a VariantAutoscaling", () => {
  const found = (yaml: string, wva?: string) => said("wva/accelerator-label", workspace(yaml, wva));

  test("is not read from another label, whatever the version", () => {
    for (const wva of [undefined, "0.4.2", "0.5.1", "0.8.0"]) {
      assert.deepEqual(found(labelled("accelerator: H100"), wva), ["error 6 accelerator"]);
      assert.deepEqual(found(labelled("inference.optimization/acceleratorname: H100"), wva), [
        "error 6 inference.optimization/acceleratorname",
      ]);
      assert.deepEqual(found(labelled("inference.optimization/acceleratorName: H100"), wva), []);
    }
  });

  test("is missed where the version is known; without one nothing is said", () => {
    assert.deepEqual(found(variant(), "0.5.0"), ["error 4 llama-va"]);
    assert.deepEqual(found(labelled('inference.optimization/acceleratorName: ""'), "0.5.0"), ["error 4 llama-va"]);
    assert.deepEqual(found(variant()), []);
    assert.deepEqual(found(variant(), "0.9.0"), []);
  });

  test("comes from the target's node selection too from 0.6 on, if the target can be seen", () => {
    const selector = variant() + deployment("nodeSelector: {nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3}");
    assert.deepEqual(found(selector, "0.7.0"), []);
    assert.deepEqual(found(selector, "0.5.1"), ["error 4 llama-va"]);
    const affinity =
      "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: cloud.google.com/gke-accelerator, operator: In, values: [nvidia-l4]}]}]}}}";
    assert.deepEqual(found(variant() + deployment(affinity), "0.7.0"), []);
    assert.deepEqual(found(variant() + deployment("nodeSelector: {zone: a}"), "0.7.0"), ["error 4 llama-va"]);
    assert.deepEqual(found(variant(), "0.7.0"), []);
  });

  test("is not missed where a patch writes it, or where it is filled in later", () => {
    assert.deepEqual(found(labelled("inference.optimization/acceleratorName: ${GPU}"), "0.5.1"), []);
    const files = {
      ...workspace(variant(), "0.5.1"),
      "kustomization.yaml": "resources: [stack.yaml]\npatches:\n  - path: label.yaml\n",
      "label.yaml":
        "apiVersion: llmd.ai/v1alpha1\nkind: VariantAutoscaling\nmetadata: {name: llama-va, labels: {inference.optimization/acceleratorName: H100}}\n",
    };
    assert.deepEqual(said("wva/accelerator-label", files), []);
  });
});

describe("a VariantAutoscaling without maxReplicas", () => {
  const found = (yaml: string, wva?: string) => said("wva/maximum-left-out", workspace(yaml, wva));

  test("stops at 2 from 0.6 to 0.8, by version or by the fields of the CRD", () => {
    for (const wva of ["0.6.0", "0.7", "0.8.0"]) assert.deepEqual(found(variant(), wva), ["warning 4 llama-va"]);
    assert.deepEqual(found(variant("minReplicas: 1")), ["warning 4 llama-va"]);
    assert.deepEqual(found(variant("maxReplicas: 3"), "0.7.0"), []);
    for (const wva of [undefined, "0.5.1", "0.9.0"]) assert.deepEqual(found(variant(), wva), []);
  });

  test("is left to wva/bounds-deadlock where an autoscaler has its own maximum", () => {
    const files = workspace(`${variant()}---\n${follower("minReplicas: 1\nmaxReplicas: 8")}`, "0.7.0");
    assert.deepEqual(said("wva/maximum-left-out", files), []);
    assert.deepEqual(said("wva/bounds-deadlock", files), ["warning 15 8"]);
  });
});

describe("a target without apiVersion", () => {
  const found = (yaml: string, wva?: string) => said("wva/target-without-version", workspace(yaml, wva));
  const bare = variant().replace("apiVersion: apps/v1, ", "");
  const entry = (name: string, text: string) => `---
apiVersion: v1
kind: ConfigMap
metadata: {name: wva-model-scale-to-zero-config}
data:
  ${name}: |
${text.replace(/^/gm, "    ")}
`;
  const enabled = entry("default", "enable_scale_to_zero: true\nretention_period: 10m");

  test("is not found again at zero by 0.5", () => {
    assert.deepEqual(found(bare + enabled, "0.5.1"), ["error 6 llama"]);
    assert.deepEqual(found(bare + enabled), ["warning 6 llama"]);
    assert.deepEqual(found(bare + deployment("containers: []", "replicas: 0"), "0.5.1"), ["error 6 llama"]);
  });

  test("does no harm where nothing goes to zero, and in other versions", () => {
    assert.deepEqual(found(bare, "0.5.1"), []);
    assert.deepEqual(found(bare + enabled.replace("true", "false"), "0.5.1"), []);
    assert.deepEqual(found(variant() + enabled, "0.5.1"), []);
    assert.deepEqual(found(bare + enabled, "0.7.0"), []);
  });

  test("goes by the entry of its model before the default", () => {
    const own = "model_id: meta-llama/Llama-3.1-8B-Instruct\nenable_scale_to_zero: ";
    assert.deepEqual(found(bare + entry("llama", `${own}true`), "0.5.1"), ["error 6 llama"]);
    const both = enabled + entry("llama", `${own}false`).replace(/^[\s\S]*data:\n/, "");
    assert.deepEqual(found(bare + both, "0.5.1"), []);
  });
});
