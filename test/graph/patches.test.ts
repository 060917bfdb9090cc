import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../support/lint.ts";

const hpa = (window: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics:
    - type: Pods
      pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 5}}
${window}`;
const written = "  behavior:\n    scaleUp: {stabilizationWindowSeconds: 15}\n";

/** What is found in a base that an overlay patches. */
function found(base: string, patches: string, more: Record<string, string> = {}): string[] {
  return lint({
    "base/kustomization.yaml": "resources: [hpa.yaml]\n",
    "base/hpa.yaml": base,
    "overlays/prod/kustomization.yaml": `resources: [../../base]\n${patches}`,
    ...more,
  }).map(({ rule, file }) => `${rule} ${file}`);
}

const finding = ["hpa/scale-up-window base/hpa.yaml"];
const merge = (spec: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: llama}\nspec: ${spec}\n`;
const inFile = "patches: [{path: hpa-patch.yaml}]\n";

describe("a value that an overlay replaces is not judged in the base", () => {
  test("by a merge patch in a file, and the patch is not judged alone", () => {
    const patch = merge("{behavior: {scaleUp: {stabilizationWindowSeconds: 10}}}");
    assert.deepEqual(found(hpa(written), inFile, { "overlays/prod/hpa-patch.yaml": patch }), []);
  });

  test("also where the base does not write it", () => {
    const patch = merge("{behavior: {scaleUp: {stabilizationWindowSeconds: 300}}}");
    assert.deepEqual(found(hpa(""), inFile, { "overlays/prod/hpa-patch.yaml": patch }), []);
  });

  test("by a merge patch in the kustomization", () => {
    const patch = merge("{behavior: {scaleUp: {stabilizationWindowSeconds: 300}}}").replace(/^/gm, "      ");
    assert.deepEqual(found(hpa(written), `patches:\n  - patch: |-\n${patch}`), []);
  });

  test("by a JSON patch", () => {
    const patches = (path: string) => `patches:
  - target: {kind: HorizontalPodAutoscaler, name: llama}
    patch: |-
      - op: replace
        path: ${path}
        value: 300
`;
    assert.deepEqual(found(hpa(written), patches("/spec/behavior/scaleUp/stabilizationWindowSeconds")), []);
    assert.deepEqual(found(hpa(written), patches("/spec/maxReplicas")), finding);
  });

  test("a patch of another value, another object or another kind changes nothing", () => {
    const patch = { "overlays/prod/hpa-patch.yaml": merge("{maxReplicas: 8}") };
    assert.deepEqual(found(hpa(written), inFile, patch), finding);
    const other = merge("{behavior: {}}").replace("name: llama", "name: other");
    assert.deepEqual(found(hpa(written), inFile, { "overlays/prod/hpa-patch.yaml": other }), finding);
    const kind = merge("{behavior: {}}").replace("Horizontal", "Vertical");
    assert.deepEqual(found(hpa(written), inFile, { "overlays/prod/hpa-patch.yaml": kind }), finding);
  });

  test("a value that is patched in another document of the finding counts too", () => {
    const wva = (queue: number) => `apiVersion: v1
kind: ConfigMap
metadata: {name: wva-saturation-scaling-config}
data:
  default: |
    kvCacheThreshold: 0.8
    queueLengthThreshold: ${queue}
`;
    const epp =
      "apiVersion: inference.networking.x-k8s.io/v1alpha1\nkind: EndpointPickerConfig\nsaturationDetector: {kvCacheUtilThreshold: 0.8, queueDepthThreshold: 9}\n";
    const files = {
      "base/kustomization.yaml": "resources: [wva.yaml, epp.yaml]\n",
      "base/wva.yaml": wva(5),
      "base/epp.yaml": epp,
    };
    assert.equal(lint(files).length, 1);
    const patched = {
      ...files,
      "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: wva.yaml}]\n",
      "prod/wva.yaml": wva(9),
    };
    assert.deepEqual(lint(patched), []);
  });
});
