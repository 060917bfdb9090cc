import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, lint } from "../../support/lint.ts";
import { prometheus, said, scaledObject } from "./support.ts";

const bounds = "  minReplicaCount: 1\n  maxReplicaCount: 8";
const asked = (query: string, spec = bounds) => scaledObject(spec, prometheus(`'${query}'`));
const severities = (yaml: string) => said("keda/several-series", yaml).map((text) => text.split(" ")[0]);

describe("how many series a query gives", () => {
  const table: [query: string, severity: "error" | "warning" | undefined][] = [
    ["vllm:num_requests_waiting", "error"],
    ['vllm:num_requests_waiting{model_name="a"}', "error"],
    ['vllm:num_requests_waiting{pod="a-0"}', undefined],
    ["sum(vllm:num_requests_waiting)", undefined],
    ["sum by (pod) (vllm:num_requests_waiting)", "error"],
    ["sum by (model_name) (vllm:num_requests_waiting)", "warning"],
    ['sum by (model_name) (vllm:num_requests_waiting{model_name="a"})', undefined],
    ["sum without (pod) (vllm:num_requests_waiting)", "error"],
    ["sum by () (vllm:num_requests_waiting)", undefined],
    ["rate(vllm:request_success_total[2m])", "error"],
    ["histogram_quantile(0.9, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket[5m])))", undefined],
    ["histogram_quantile(0.9, sum by (le, pod) (rate(vllm:time_to_first_token_seconds_bucket[5m])))", "error"],
    ["scalar(vllm:num_requests_waiting)", undefined],
    ["topk(1, vllm:num_requests_waiting)", undefined],
    ["topk(2, vllm:num_requests_waiting)", "warning"],
    ["sum(vllm:num_requests_waiting) or vector(0)", undefined],
    ["vllm:num_requests_waiting or vector(0)", "warning"],
    ["2 * vllm:num_requests_waiting", "error"],
    ["inference_pool_average_queue_size", "warning"],
    ["max(inference_pool_average_queue_size)", undefined],
    ["requests_in_flight", undefined],
    ["vllm:waiting:sum", undefined],
    ["vllm:num_requests_waiting{", undefined],
  ];
  for (const [query, severity] of table) {
    test(query, () => assert.deepEqual(severities(asked(query)), severity === undefined ? [] : [severity]));
  }

  test("of one pod there is one series", () => {
    assert.deepEqual(severities(asked("vllm:num_requests_waiting", "  minReplicaCount: 1\n  maxReplicaCount: 1")), []);
  });

  test("a maximum that is filled in later says nothing", () => {
    assert.deepEqual(severities(asked("vllm:num_requests_waiting", `  maxReplicaCount: \${MAX}`)), []);
  });

  for (const [style, written, mended] of [
    ["single quotes", "'vllm:kv_cache_usage_perc'", "'max(vllm:kv_cache_usage_perc)'"],
    ["double quotes", '"vllm:num_requests_waiting{a=\\"b\\"}"', '"sum(vllm:num_requests_waiting{a=\\"b\\"})"'],
    ["a block", "|\n          vllm:num_requests_waiting", "|\n          sum(vllm:num_requests_waiting)"],
  ] as const) {
    test(`the fix wraps what stands in ${style}`, () => {
      const files = { "so.yaml": scaledObject(bounds, prometheus(written)) };
      const fix = lint(files).find(({ rule }) => rule === "keda/several-series")?.fixes[0];
      assert.deepEqual(applyEdits(files, fix?.edits ?? []), { "so.yaml": scaledObject(bounds, prometheus(mended)) });
    });
  }
});

describe("an empty answer under a fallback", () => {
  const fallback = `${bounds}\n  fallback: {failureThreshold: 3, replicas: 2}`;
  const table: [title: string, yaml: string, expected: string[]][] = [
    ["by default", scaledObject(fallback, prometheus("sum(a)")), ["warning prometheus"]],
    ["on", scaledObject(fallback, prometheus("sum(a)", 'ignoreNullValues: "true"')), ['warning "true"']],
    ["off", scaledObject(fallback, prometheus("sum(a)", 'ignoreNullValues: "false"')), []],
    ["filled in later", scaledObject(fallback, prometheus("sum(a)", `ignoreNullValues: \${IGNORE}`)), []],
    ["a query that always answers", scaledObject(fallback, prometheus("sum(a) or vector(0)")), []],
    ["no fallback", scaledObject(bounds, prometheus("sum(a)")), []],
  ];
  for (const [title, yaml, expected] of table) {
    test(title, () => assert.deepEqual(said("keda/null-is-zero", yaml), expected));
  }

  test("of several triggers is told once and mended in all", () => {
    const several = (more?: string) =>
      scaledObject(fallback, [prometheus("sum(a)", more), prometheus("sum(b)", more)].join("\n"));
    const [finding, another] = lint({ "so.yaml": several() }).filter(({ rule }) => rule === "keda/null-is-zero");
    assert.match(finding?.message ?? "", /in all 2 triggers\.$/);
    assert.equal(another, undefined);
    const after = applyEdits({ "so.yaml": several() }, finding?.fixes[0]?.edits ?? []);
    assert.deepEqual(after, { "so.yaml": several('ignoreNullValues: "false"') });
  });
});
