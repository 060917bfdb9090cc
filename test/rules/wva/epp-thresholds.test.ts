import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Finding } from "../../../server/findings/finding.ts";
import { applyEdits, cut, type Files, lint as lintAll } from "../../support/lint.ts";

/** The short forms of the table say no more than what the rule compares. */
function lint(files: Files): Finding[] {
  return lintAll(files).filter(({ rule }) => rule === "wva/epp-thresholds");
}

const wva = (kv: string, queue: string, extra = "") => `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config
  namespace: workload-variant-autoscaler-system
data:
  default: |
    kvCacheThreshold: ${kv}
    queueLengthThreshold: ${queue}
    kvSpareTrigger: 0.10
    queueSpareTrigger: 2
${extra}`;

const inline = (kv: string, queue: string) => `apiVersion: inference.networking.x-k8s.io/v1alpha1
kind: EndpointPickerConfig
saturationDetector:
  kvCacheUtilThreshold: ${kv}
  queueDepthThreshold: ${queue}
`;

const embedded = (config: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: epp-config
  namespace: llm
data:
  epp-config.yaml: |
${config.replace(/^/gm, "    ").trimEnd()}
`;

const environment = (kv: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: epp
spec:
  template:
    spec:
      containers:
        - name: epp
          image: registry.k8s.io/gateway-api-inference-extension/epp:v1.3.0
          env:
            - name: SD_KV_CACHE_UTIL_THRESHOLD
              value: "${kv}"
`;

function found(files: Files): string[] {
  return lint(files)
    .filter(({ rule }) => rule === "wva/epp-thresholds")
    .map((finding) => `${finding.severity} ${finding.file} ${cut(files, finding)}`);
}

describe("the endpoint picker's thresholds against WVA's", () => {
  test("equal numbers are silent, however they are written", () => {
    assert.deepEqual(found({ "epp.yaml": inline("0.8", "5"), "wva.yaml": wva("0.80", "5.0") }), []);
  });

  test("both numbers are compared, and the other document is named", () => {
    const files = { "epp.yaml": inline("0.9", "3"), "wva.yaml": wva("0.80", "5") };
    assert.deepEqual(found(files), ["warning epp.yaml 0.9", "warning epp.yaml 3"]);
    const [above, below] = lint(files);
    assert.match(above?.message ?? "", /0\.9, WVA at kvCacheThreshold 0\.8 /);
    assert.match(below?.message ?? "", /queueDepthThreshold 3, WVA only at queueLengthThreshold 5/);
    assert.deepEqual(
      above?.related.map((place) => [place.file, cut(files, place)]),
      [["wva.yaml", "0.80"]],
    );
  });

  test("the configuration in a ConfigMap is the same configuration", () => {
    assert.deepEqual(found({ "all.yaml": `${embedded(inline("0.9", "5"))}---\n${wva("0.80", "5")}` }), [
      "warning all.yaml 0.9",
    ]);
  });

  test("the environment of an older endpoint picker counts too", () => {
    assert.deepEqual(found({ "epp.yaml": environment("0.85"), "wva.yaml": wva("0.80", "5") }), [
      'warning epp.yaml "0.85"',
    ]);
  });

  test("a detector plugin that writes no number uses 0.8 and 5", () => {
    const epp = `apiVersion: llm-d.ai/v1alpha1
kind: EndpointPickerConfig
plugins:
  - type: utilization-detector
    name: detector
flowControl:
  saturationDetector:
    pluginRef: detector
`;
    const files = { "epp.yaml": epp, "wva.yaml": wva("0.7", "5") };
    const [finding] = lint(files);
    assert.match(finding?.message ?? "", /kvCacheUtilThreshold 0\.8 \(its default/);
    assert.deepEqual(lint(applyEdits(files, finding?.fixes[0]?.edits ?? [])), []);
    assert.deepEqual(found({ "epp.yaml": epp, "wva.yaml": wva("0.8", "5") }), []);
  });

  test("another detector has no such thresholds", () => {
    const epp = "apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\nplugins:\n  - type: concurrency-detector\n";
    assert.deepEqual(found({ "epp.yaml": epp, "wva.yaml": wva("0.7", "5") }), []);
  });

  test("an entry of another model may be the one that counts", () => {
    const override = "  llama: |\n    model_id: meta/llama\n    kvCacheThreshold: 0.9\n";
    assert.deepEqual(found({ "epp.yaml": inline("0.9", "5"), "wva.yaml": wva("0.80", "5", override) }), []);
  });

  test("two ConfigMaps of WVA leave open which one counts", () => {
    const files = { "a/epp.yaml": inline("0.9", "5"), "b/wva.yaml": wva("0.8", "5"), "c/wva.yaml": wva("0.7", "5") };
    assert.deepEqual(found(files), []);
  });

  test("the ConfigMap of the same kustomization counts, not that of another overlay", () => {
    const overlay = (kv: string, epp: string, name: string) => ({
      [`overlays/${name}/kustomization.yaml`]: "resources: [epp.yaml, wva.yaml]\n",
      [`overlays/${name}/epp.yaml`]: inline(epp, "5"),
      [`overlays/${name}/wva.yaml`]: wva(kv, "5"),
    });
    assert.deepEqual(found({ ...overlay("0.7", "0.7", "dev"), ...overlay("0.8", "0.8", "prod") }), []);
    const mixed = { ...overlay("0.7", "0.8", "dev"), ...overlay("0.8", "0.8", "prod") };
    assert.deepEqual(found(mixed), ["warning overlays/dev/epp.yaml 0.8"]);
  });

  test("either side can be mended", () => {
    const files = { "epp.yaml": inline("0.9", "5"), "wva.yaml": wva("0.80", "5") };
    const [finding] = lint(files);
    assert.deepEqual(
      finding?.fixes.map(({ title }) => title),
      ["Set the endpoint picker's kvCacheUtilThreshold to 0.8", "Set WVA's kvCacheThreshold to 0.9"],
    );
    for (const fix of finding?.fixes ?? []) assert.deepEqual(lint(applyEdits(files, fix.edits)), []);
    assert.match(applyEdits(files, finding?.fixes[0]?.edits ?? [])["epp.yaml"] ?? "", /kvCacheUtilThreshold: 0\.80\n/);
  });
});
