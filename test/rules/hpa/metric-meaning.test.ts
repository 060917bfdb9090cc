import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hpaOf, mended, running, said } from "./support.ts";

const web = 'HorizontalPodAutoscaler "web"';
const pods = (name: string, averageValue: string) =>
  `{type: Pods, pods: {metric: {name: "${name}"}, target: {type: AverageValue, averageValue: ${averageValue}}}}`;
const external = (name: string, target: string) =>
  `{type: External, external: {metric: {name: ${name}}, target: ${target}}}`;
const kv = "vllm_kv_cache_usage_perc";

describe("a target for a metric from 0 to 1", () => {
  const rule = "hpa/ratio-target";
  const above = (at: string, name: string, target: number, mend: string) =>
    `warning at ${at}: ${web}: the target for "${name}" is ${target}, but the metric goes from 0 to 1, so that even at its fullest it asks for the fewest replicas. ${mend}`;
  const table: [title: string, metric: string, expected: string[]][] = [
    ["in per cent", pods(kv, "80"), [above("80", kv, 80, "If 80 % is meant, write 800m.")]],
    ["in per cent with a decimal", pods(kv, '"87.5"'), [above('"87.5"', kv, 87.5, "If 87.5 % is meant, write 875m.")]],
    [
      "in the older spelling",
      pods("vllm:gpu_cache_usage_perc", "80"),
      [above("80", "vllm:gpu_cache_usage_perc", 80, "If 80 % is meant, write 800m.")],
    ],
    ["beyond 100", pods(kv, "800"), [above("800", kv, 800, "Write it as a part of 1.")]],
    ["of 1", pods(kv, "1"), []],
    ["of 0.8", pods(kv, '"0.8"'), []],
    ["of 800m", pods(kv, "800m"), []],
    ["the sum that an External metric is", external(kv, "{type: Value, value: 4}"), []],
    [
      "an External average",
      external(kv, "{type: AverageValue, averageValue: 80}"),
      [above("80", kv, 80, "If 80 % is meant, write 800m.")],
    ],
    ["a saturation that may pass 1", pods("llm_d_epp_flow_control_pool_saturation", "2"), []],
    ["a queue", pods("vllm_num_requests_waiting", "80"), []],
    ["a name nobody knows", pods("cache_usage_perc", "80"), []],
    ["filled in later", pods(kv, '"${TARGET}"'), []],
  ];
  for (const [title, metric, expected] of table)
    test(title, () => assert.deepEqual(said(rule, { "hpa.yaml": hpaOf({ metrics: `[${metric}]` }) }), expected));

  test("the fix divides by a hundred and keeps the quotes", () => {
    const text = mended(rule, { "hpa.yaml": hpaOf({ metrics: `[${pods(kv, "'80'")}]` }) })["hpa.yaml"] ?? "";
    assert.match(text, /averageValue: '800m'/);
    const shared = hpaOf({ metrics: `[${pods(kv, "&eighty 80")}]` });
    assert.throws(() => mended(rule, { "hpa.yaml": shared }), /no fix/);
  });
});

describe("an HPA on a counter", () => {
  const grows = (name: string) => [
    `warning at "${name}": ${web} scales on "${name}", a counter: it only grows, so the HPA runs to its maximum and stays there. Publish its rate in the adapter, under a name of its own.`,
  ];
  const table: [name: string, expected: string[]][] = [
    ["vllm:request_success_total", grows("vllm:request_success_total")],
    ["vllm_request_success_total", grows("vllm_request_success_total")],
    ["vllm_time_to_first_token_seconds_sum", grows("vllm_time_to_first_token_seconds_sum")],
    ["vllm_time_to_first_token_seconds", []],
    ["vllm_request_success", []],
    ["http_requests_total", []],
    ["vllm_num_requests_running", []],
  ];
  for (const [name, expected] of table)
    test(name, () => {
      assert.deepEqual(said("hpa/counter", { "hpa.yaml": hpaOf({ metrics: `[${pods(name, "10")}]` }) }), expected);
    });
});

describe("a metric by its name in Prometheus", () => {
  const rule = "hpa/colon-name";
  const colon = (name: string, published: string) =>
    `info at "${name}": ${web} asks the metrics API for "${name}", the name in Prometheus. Adapters usually publish it as ${published}; if yours does, the HPA finds nothing under the other name.`;
  const table: [name: string, expected: string[]][] = [
    ["vllm:num_requests_waiting", [colon("vllm:num_requests_waiting", "vllm_num_requests_waiting")]],
    ["vllm_num_requests_waiting", []],
    ["datadogmetric@llm:queue", []],
    ["prometheus.googleapis.com|vllm:num_requests_waiting|gauge", []],
    ["namespace:queue:sum", []],
  ];
  for (const [name, expected] of table)
    test(name, () => {
      assert.deepEqual(said(rule, { "hpa.yaml": hpaOf({ metrics: `[${pods(name, "10")}]` }) }), expected);
    });

  test("the fix asks by the other name", () => {
    const text = mended(rule, { "hpa.yaml": hpaOf({ metrics: `[${pods("vllm:num_requests_waiting", "10")}]` }) })[
      "hpa.yaml"
    ];
    assert.match(text ?? "", /metric: \{name: vllm_num_requests_waiting\}/);
  });
});

describe("a part as the only signal", () => {
  const rule = "hpa/saturating-signal";
  const ceiling = (target: number, share: number, max: number, rounds: number, name = kv) =>
    `warning at "${name}": ${web} scales on "${name}" alone, which is 1 at most: with target ${target} a round adds a share of ${share} % however many requests wait, and from 1 to ${max} replicas takes ${rounds} rounds. Add the queue.`;
  const never = `warning at "${kv}": ${web} scales on "${kv}" alone, which is 1 at most: against a target of 0.95 that lies within the tolerance of 10 %, so that it never scales up. Set 0.8 or less, and add the queue.`;
  const table: [title: string, shape: { metrics: string; max?: string; behavior?: string }, expected: string[]][] = [
    // 1, 2, 3, 4, 5, 7, 9
    ["0.8 to eight replicas", { metrics: pods(kv, '"0.8"'), max: "8" }, [ceiling(0.8, 25, 8, 6)]],
    // 1, 2, 3, 5, 8, 12; 7 through 0.7 is 10
    ["0.7 to twelve replicas", { metrics: pods(kv, "700m"), max: "12" }, [ceiling(0.7, 43, 12, 5)]],
    ["0.5 doubles", { metrics: pods(kv, '"0.5"'), max: "8" }, []],
    ["three replicas are reached soon", { metrics: pods(kv, '"0.8"'), max: "3" }, []],
    ["a target within the tolerance", { metrics: pods(kv, '"0.95"'), max: "8" }, [never]],
    [
      "a target within a tolerance of its own",
      { metrics: pods(kv, '"0.95"'), max: "8", behavior: '{scaleUp: {tolerance: "0"}}' },
      [],
    ],
    ["a target in per cent is told as that", { metrics: pods(kv, "80"), max: "8" }, []],
    ["beside the queue", { metrics: `${pods(kv, '"0.8"')}, ${pods("vllm_num_requests_waiting", "5")}`, max: "8" }, []],
    [
      "two parts: the lower target asks for more",
      { metrics: `${pods(kv, '"0.8"')}, ${pods("lmcache:lookup_hit_rate", '"0.7"')}`, max: "8" },
      [ceiling(0.7, 43, 8, 4, "lmcache:lookup_hit_rate")],
    ],
    ["a maximum that is filled in later", { metrics: pods(kv, '"0.8"'), max: "${MAX}" }, []],
    ["a target that is filled in later", { metrics: pods(kv, '"${T}"'), max: "8" }, []],
  ];
  for (const [title, { metrics, ...shape }, expected] of table)
    test(title, () =>
      assert.deepEqual(said(rule, { "hpa.yaml": hpaOf({ ...shape, metrics: `[${metrics}]` }) }), expected),
    );
});

describe("steps of one replica inside the tolerance", () => {
  const rule = "hpa/replica-steps";
  const wva =
    "{type: External, external: {metric: {name: wva_desired_replicas, selector: {matchLabels: {variant_name: web}}}, target: {type: AverageValue, averageValue: 1}}}";
  const ignored = (max: number, from: number, direction: string, halves: string, tolerance = 10) =>
    `warning at 1: ${web} follows a replica count up to ${max} replicas with a tolerance of ${tolerance} %: from ${from} replicas on a step of one is ignored, ${direction}. Set tolerance "0" in ${halves}.`;
  const both = "scaleUp and scaleDown";
  const table: [title: string, max: string, behavior: string | undefined, expected: string[]][] = [
    ["nine replicas", "9", undefined, []],
    ["ten replicas: nothing goes up from the last", "10", undefined, [ignored(10, 10, "downwards", "scaleDown")]],
    ["eleven replicas", "11", undefined, [ignored(11, 10, "up or down", both)]],
    ["no tolerance either way", "64", '{scaleUp: {tolerance: "0"}, scaleDown: {tolerance: 0}}', []],
    ["no tolerance upwards", "64", '{scaleUp: {tolerance: "0"}}', [ignored(64, 10, "downwards", "scaleDown")]],
    ["one that is small enough", "16", "{scaleUp: {tolerance: 50m}, scaleDown: {tolerance: 50m}}", []],
    [
      "one that is not",
      "32",
      "{scaleUp: {tolerance: 50m}, scaleDown: {tolerance: 50m}}",
      [ignored(32, 20, "up or down", both, 5)],
    ],
    ["scale-down switched off", "10", "{scaleDown: {selectPolicy: Disabled}}", []],
    ["a tolerance that is filled in later", "64", '{scaleUp: {tolerance: "${T}"}, scaleDown: {tolerance: "${T}"}}', []],
    ["behavior that is filled in later", "64", "${BEHAVIOR}", []],
    ["a maximum that is filled in later", "${MAX}", undefined, []],
  ];
  for (const [title, max, behavior, expected] of table)
    test(title, () => {
      const text = hpaOf({ max, metrics: `[${wva}]`, ...(behavior !== undefined && { behavior }) });
      assert.deepEqual(said(rule, { "hpa.yaml": text }), expected);
    });

  test("before 1.35 it is information, without a fix", () => {
    const files = { ...running("1.34"), "hpa.yaml": hpaOf({ max: "16", metrics: `[${wva}]` }) };
    assert.deepEqual(said(rule, files), [
      `info at 1: ${web} follows a replica count up to 16 replicas with a tolerance of 10 %: from 10 replicas on a step of one is ignored, up or down. Kubernetes 1.34 reads no tolerance from an HPA; 1.35 does.`,
    ]);
    assert.throws(() => mended(rule, files), /no fix/);
  });

  test("a load is another matter", () => {
    assert.deepEqual(said(rule, { "hpa.yaml": hpaOf({ max: "16", metrics: `[${pods("rps", "1")}]` }) }), []);
  });

  test("a ScaledObject has 100 replicas when it says nothing, and the fix writes to its own behavior", () => {
    const text = `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec:
  scaleTargetRef: {name: web}
  triggers:
    - type: prometheus
      metadata: {serverAddress: "http://prometheus:9090", query: 'wva_desired_replicas{variant_name="web"}', threshold: "1"}
`;
    const expected = ignored(100, 10, "up or down", both)
      .replace(web, 'ScaledObject "web"')
      .replace("at 1:", 'at "1":');
    assert.deepEqual(said(rule, { "so.yaml": text }), [expected]);
    const fixed = mended(rule, { "so.yaml": text })["so.yaml"] ?? "";
    assert.match(fixed, /horizontalPodAutoscalerConfig:\n {6}behavior:\n {8}scaleUp:\n {10}tolerance: "0"\n/);
    assert.deepEqual(said(rule, { "so.yaml": fixed }), []);
    assert.deepEqual(
      said(rule, { "so.yaml": text.replace("wva_desired_replicas{", "rate(wva_desired_replicas{") }),
      [],
    );
  });
});
