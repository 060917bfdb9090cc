import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, type Files, lint, pipelineOf } from "../../support/lint.ts";

const rule = "prometheus/unwatched";

const server = `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  template:
    spec:
      containers: [{name: vllm, image: "vllm/vllm-openai:v0.21.0", args: [--model, Qwen/Qwen3-8B]}]
`;
const variant = `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: llama}
spec: {scaleTargetRef: {kind: Deployment, name: llama}, modelID: Qwen/Qwen3-8B}
`;
const alertsOn = (...queries: string[]) => `groups:
  - name: serving
    rules:
${queries.map((query, index) => `      - alert: A${index}\n        expr: ${query}\n`).join("")}`;

const said = (files: Files) => lint(files).filter((finding) => finding.rule === rule);
const missing = (rules: string, more: Files = {}) =>
  said({ "alerts.yaml": rules, "server.yaml": server, ...more }).map(
    ({ file, message }) => `${file}: ${/watches (.*), where/.exec(message)?.[1]}`,
  );

describe("what no alert watches", () => {
  test("is named: the cache, the queue, the first token", () => {
    assert.deepEqual(missing(alertsOn("node_load1 > 9")), [
      "alerts.yaml: the KV cache, the queue or the time to the first token",
    ]);
    assert.deepEqual(missing(alertsOn("avg(vllm:gpu_cache_usage_perc) > 0.9", "sum(vllm:num_requests_waiting) > 9")), [
      "alerts.yaml: the time to the first token",
    ]);
  });

  test("with WVA also replicas that stay behind", () => {
    assert.deepEqual(missing(alertsOn("node_load1 > 9"), { "variant.yaml": variant }), [
      "alerts.yaml: the KV cache, the queue, the time to the first token or replicas that stay behind WVA's wish",
    ]);
  });

  test("counts what another file records or watches, and the router's own measures", () => {
    const recorded = "groups: [{name: a, rules: [{record: ttft, expr: 'vllm:time_to_first_token_seconds_sum'}]}]";
    const router = alertsOn("llm_d_epp_flow_control_queue_size > 9", "llm_d_epp_flow_control_pool_saturation > 0.9");
    assert.deepEqual(missing(router, { "z.yaml": recorded }), []);
  });

  test("is told once, at the first file that has alerts, and moves with it", () => {
    const pipeline = pipelineOf({
      "b.yaml": alertsOn("up == 0"),
      "c.yaml": alertsOn("up == 0"),
      "server.yaml": server,
    });
    const where = () =>
      ["a.yaml", "b.yaml", "c.yaml"].filter((path) => pipeline.findingsOf(path).some((one) => one.rule === rule));
    assert.deepEqual(where(), ["b.yaml"]);
    pipeline.update("a.yaml", alertsOn("up == 0"));
    pipeline.refresh();
    assert.deepEqual(where(), ["a.yaml"]);
    pipeline.update("server.yaml", "");
    pipeline.refresh();
    assert.deepEqual(where(), []);
  });

  test("is left alone without alerts, and without a model server", () => {
    const records = "groups: [{name: a, rules: [{record: b, expr: up}]}]";
    assert.deepEqual(missing(records), []);
    assert.deepEqual(said({ "alerts.yaml": alertsOn("up == 0") }), []);
    assert.deepEqual(
      missing(alertsOn("up == 0"), {
        "server.yaml": server.replace("vllm/vllm-openai", "nginx").replace("vllm", "web"),
      }),
      [],
    );
  });

  test("can be written, in block and in flow style, behind what is there", () => {
    for (const rules of [
      alertsOn("up == 0"),
      `${alertsOn("up == 0").trimEnd()} # the end\n`,
      "groups: [{name: a, rules: [{alert: B, expr: up == 0}]}]\n",
      `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: serving}
spec:
  groups:
  - name: serving
    rules:
    - alert: Down
      expr: |
        up == 0
  - name: recorded
    rules: [{record: b, expr: up}]
`,
    ]) {
      const files = { "alerts.yaml": rules, "server.yaml": server, "variant.yaml": variant };
      const [finding] = said(files);
      assert.equal(finding?.fixes.length, 1);
      const mended = applyEdits(files, finding?.fixes[0]?.edits ?? []);
      assert.deepEqual(
        lint(mended).filter(({ file }) => file === "alerts.yaml"),
        [],
        mended["alerts.yaml"],
      );
    }
  });
});
