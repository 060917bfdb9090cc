import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, lint } from "../../support/lint.ts";

const alert = (expr: string, more = "") => `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: serving}
spec:
  groups:
    - name: serving
      rules:
        - alert: Serving
          expr: |
            ${expr}
${more}`;

const trigger = (query: string, threshold: string, metricType = "") => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 8
  triggers:
    - type: prometheus${metricType}
      metadata:
        serverAddress: http://prometheus:9090
        query: ${query}
        threshold: "${threshold}"
`;

/** Rule, marked text and severity of what the rules on queries say. */
function told(text: string, files: Record<string, string> = {}): string[] {
  const all = { "a.yaml": text, ...files };
  return lint(all)
    .filter(({ rule, file }) => rule.startsWith("prometheus/") && file === "a.yaml")
    .map((finding) => `${finding.severity} ${finding.rule.slice(11)}: ${cut(all, finding)}`);
}

/** What the fixes of the only finding make of the text at its place. */
function fixed(text: string): string[] {
  return lint({ "a.yaml": text })
    .filter(({ rule }) => rule.startsWith("prometheus/"))
    .flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.map(({ newText }) => newText)));
}

function table(rows: readonly (readonly [query: string, ...told: string[]])[]): void {
  for (const [query, ...expected] of rows) {
    test(`${query} → ${expected.join("; ") || "nothing"}`, () => assert.deepEqual(told(alert(query)), expected));
  }
}

describe("prometheus/unknown-metric", () => {
  table([
    ["vllm:num_request_waiting > 5", "error unknown-metric: vllm:num_request_waiting"],
    ["vllm_num_requests_waiting > 5", "warning unknown-metric: vllm_num_requests_waiting"],
    ["rate(vllm:request_success[5m]) > 5", "error unknown-metric: vllm:request_success"],
    ["time() - wva_optimization_timestamp > 300", "error unknown-metric: wva_optimization_timestamp"],
    ['{__name__="vllm:num_requests_waitin"} > 5', "error unknown-metric: vllm:num_requests_waitin"],
    ["vllm:some_metric_of_tomorrow > 5"],
    ["http_requests_waiting > 5"],
    ["vllm:num_requests_waiting > 5"],
    [
      "histogram_quantile(0.9, sum by (le) (rate(vllm:ttft_seconds_bucket[5m]))) > 1",
      "error unknown-metric: vllm:ttft_seconds_bucket",
    ],
  ]);

  test("names that the workspace records are known", () => {
    const recorded = `groups:
  - name: a
    rules:
      - {record: vllm_num_requests_waiting, expr: "sum(vllm:num_requests_waiting)"}
`;
    assert.deepEqual(told(alert("vllm_num_requests_waiting > 5"), { "rules.yaml": recorded }), []);
  });

  test("the name is replaced where it stands", () => {
    assert.deepEqual(fixed(alert("lmcache_health_status == 0")), ["lmcache:lmcache_is_healthy"]);
  });
});

describe("prometheus/renamed-metric", () => {
  const query = "avg(vllm:gpu_cache_usage_perc) > 0.9";
  const version = (vllm: string) => ({ "headroom.config.yaml": `versions: {vllm: "${vllm}"}\n` });
  table([
    [query, "warning renamed-metric: vllm:gpu_cache_usage_perc"],
    ["avg(vllm:kv_cache_usage_perc or vllm:gpu_cache_usage_perc) > 0.9"],
    ["vllm:num_requests_swapped > 1", "warning renamed-metric: vllm:num_requests_swapped"],
    ["max(inferno_desired_replicas) > 4", "warning renamed-metric: inferno_desired_replicas"],
    ["inference_pool_ready_pods < 1", "info renamed-metric: inference_pool_ready_pods"],
  ]);

  for (const [vllm, expected] of [
    ["0.9.1", []],
    ["0.11", []],
    ["0.12", ["error renamed-metric: vllm:gpu_cache_usage_perc"]],
  ] as const) {
    test(`with vLLM ${vllm}: ${expected.join() || "nothing"}`, () =>
      assert.deepEqual(told(alert(query), version(vllm)), expected));
  }
});

describe("counters and gauges", () => {
  table([
    ["vllm:num_preemptions_total > 10", "warning counter-without-rate: vllm:num_preemptions_total"],
    ["10 < sum(vllm:num_preemptions_total)", "warning counter-without-rate: vllm:num_preemptions_total"],
    ["sum(vllm:num_preemptions_total) + 5 > 10", "warning counter-without-rate: vllm:num_preemptions_total"],
    [
      "vllm:num_preemptions_total + vllm:num_requests_waiting > 9",
      "warning counter-without-rate: vllm:num_preemptions_total",
    ],
    ["vllm:request_success_total == 0"],
    ["vllm:num_preemptions_total - vllm:num_preemptions_total offset 5m > 10"],
    ["vllm:prefix_cache_hits_total / vllm:prefix_cache_queries_total < 0.5"],
    ["increase(vllm:num_preemptions_total[5m]) > 10"],
    ["absent(vllm:num_preemptions_total)"],
    ["rate(vllm:kv_cache_usage_perc[5m]) > 0.1", "warning rate-of-gauge: rate"],
    ["rate(vllm:iteration_tokens_total_count[5m]) > 1"],
    ["deriv(vllm:kv_cache_usage_perc[5m]) > 0.1"],
    ["rate(wva_replica_scaling_total[5m]) < 0.95"],
    ["rate(app_success_total[5m]) < 0.95", "warning rate-as-ratio: 0.95"],
    ["rate(app_success_total[5m]) < 5"],
    ["rate(app_success_total[5m]) / rate(app_total[5m]) < 0.95"],
  ]);

  test("a trigger on a counter goes to the maximum", () => {
    assert.deepEqual(told(trigger("sum(vllm:request_success_total)", "100")), [
      "warning counter-without-rate: vllm:request_success_total",
    ]);
  });
});

describe("prometheus/ratio-as-percentage", () => {
  table([
    ["vllm:kv_cache_usage_perc > 90", "error ratio-as-percentage: 90"],
    ["80 < max(vllm:kv_cache_usage_perc)", "error ratio-as-percentage: 80"],
    ["100 * vllm:kv_cache_usage_perc > 90"],
    ["sum(vllm:kv_cache_usage_perc) > 3"],
    ["vllm:kv_cache_usage_perc > 0.9"],
    ["vllm:kv_cache_usage_perc >= 1"],
    ["max(llm_d_epp_flow_control_pool_saturation) > 1.2"],
  ]);

  test("the threshold of a trigger is one too, and keeps its quotes", () => {
    const text = trigger("max(vllm:kv_cache_usage_perc)", "80", "\n      metricType: Value");
    assert.deepEqual(told(text), ['error ratio-as-percentage: "80"']);
    assert.deepEqual(fixed(text), ['"0.8"']);
  });
});

describe("prometheus/unknown-label", () => {
  table([
    ['vllm:num_requests_waiting{model_id="a"} > 5', "warning unknown-label: model_id"],
    ["avg by (variant_name) (vllm:kv_cache_usage_perc) > 0.9", "warning unknown-label: variant_name"],
    ['vllm:num_requests_waiting{team="a"} > 5'],
    ['vllm:num_requests_waiting{model_id=""} > 5'],
    ["sum by (variant_name) (vllm:num_requests_waiting * on (pod) group_left (variant_name) kube_pod_labels) > 5"],
    ["max by (variant_name) (wva_desired_replicas) > 5"],
  ]);

  test("a label that a monitor adds is known", () => {
    const monitor = `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: {name: llama}
spec:
  podTargetLabels: [model_id]
  selector: {}
  podMetricsEndpoints: [{port: http}]
`;
    assert.deepEqual(told(alert('vllm:num_requests_waiting{model_id="a"} > 5'), { "monitor.yaml": monitor }), []);
  });
});

describe("prometheus/histogram-series", () => {
  const of = (inner: string) => `histogram_quantile(0.95, ${inner}) > 2`;
  const ttft = "vllm:time_to_first_token_seconds";
  table([
    [of(`rate(${ttft}[5m])`), `error histogram-series: ${ttft}`],
    [of(`rate(${ttft}_sum[5m])`), `error histogram-series: ${ttft}_sum`],
    [of(`sum by (model_name) (rate(${ttft}_bucket[5m]))`), "error histogram-series: sum"],
    [of(`sum without (le) (rate(${ttft}_bucket[5m]))`), "error histogram-series: sum"],
    [of(`sum without (pod) (rate(${ttft}_bucket[5m]))`)],
    [of(`${ttft}_bucket`), `warning histogram-series: ${ttft}_bucket`],
    [of(`sum by (le, model_name) (rate(${ttft}_bucket[5m]))`)],
    [of("sum(rate(app_seconds_bucket[5m]))"), "error histogram-series: sum"],
    [of("sum(rate(native_histogram[5m]))")],
    [`${ttft} > 2`, `error histogram-series: ${ttft}`],
  ]);

  test("le is put before the labels that are there", () => {
    assert.deepEqual(fixed(alert(of(`sum by (model_name) (rate(${ttft}_bucket[5m]))`))), ["(le, model_name)"]);
  });
});

describe("prometheus/mean-as-average-value", () => {
  const query = "max(llm_d_epp_flow_control_pool_saturation)";
  for (const [name, text, expected] of [
    ["by default", trigger(query, "0.7"), ['error mean-as-average-value: "0.7"']],
    ["said so", trigger(query, "0.7", "\n      metricType: AverageValue"), ['error mean-as-average-value: "0.7"']],
    ["Value is right", trigger(query, "0.7", "\n      metricType: Value"), []],
    ["a sum of ratios is right", trigger("sum(vllm:kv_cache_usage_perc)", "0.7"), []],
    ["the mean of vLLM's", trigger("avg(vllm:kv_cache_usage_perc)", "0.7"), ['error mean-as-average-value: "0.7"']],
    ["a queue is no mean", trigger("sum(llm_d_epp_flow_control_queue_size)", "1"), []],
  ] as const) {
    test(name, () => assert.deepEqual(told(text), expected));
  }
});
