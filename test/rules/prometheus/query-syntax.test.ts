import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Finding } from "../../../server/findings/finding.ts";
import { limits } from "../../../server/text/limits.ts";
import { applyEdits, cut, lint } from "../../support/lint.ts";

const rule = "prometheus/query-syntax";

/** A ScaledObject whose query is written as given, from the colon on. */
const scaledObject = (written: string, trigger = "prometheus", server = "http://prometheus:9090") =>
  `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: llama}
spec:
  scaleTargetRef: {name: llama}
  minReplicaCount: 1
  maxReplicaCount: 4
  triggers:
    - type: ${trigger}
      metricType: AverageValue
      metadata:
        serverAddress: ${server}
        threshold: "5"
        query:${written}
`;

const block = (query: string) => ` |\n${query.replace(/^/gm, "          ")}`;

function found(text: string): Finding[] {
  return lint({ "a.yaml": text }).filter((finding) => finding.rule === rule);
}

/** Message and marked text of each finding. */
function told(text: string): string[][] {
  return found(text).map((finding) => [
    finding.message.replace('ScaledObject "llama": ', "").replace(/ Prometheus refuses the query, .*$/, ""),
    cut({ "a.yaml": text }, finding),
  ]);
}

describe(rule, () => {
  describe("tells the mistake at its place", () => {
    for (const [query, message, marked] of [
      ["sum(rate(x[5m])", '"(" is never closed in this query.', "("],
      ["avg by (a, b (x)", '"(" is never closed in this query.', "("],
      ["sum(rate(x[5m)))", '"[" is never closed in this query.', "["],
      ["sum(x))", '")" closes nothing in this query.', ")"],
      ['sum(x{a="b})', "this text has no closing quote in its query.", '"b})'],
      ["sum by pod (x)", '"by" wants labels in brackets, such as by (pod).', "by"],
      ["sum(x) by", '"by" wants labels in brackets, such as by (pod).', "by"],
      ["sum(x) /", "the query ends where something has to follow.", "/"],
      ['x{a="b" c="d"}', '"c" cannot stand here in a query.', "c"],
      ['x{a=="b"}', '"==" cannot stand here in a query.', "=="],
      ["rate(x[5min])", '"5min" cannot stand here in a query.', "5min"],
      ["rate(x[])", '"]" cannot stand here in a query.', "]"],
      ["sum(x) > 10Gi", '"10Gi" cannot stand here in a query.', "10Gi"],
      ["max(x,)", '")" cannot stand here in a query.', ")"],
      ["avg_overtime(x[5m])", 'PromQL has no function "avg_overtime". Did you mean avg_over_time?', "avg_overtime"],
      ['x{a=~"\\d+"}', '"\\d" is no escape in PromQL; write two backslashes, or put the text in backquotes.', "\\d"],
      ["rate(x)", "rate(range) gets a vector here and wants a range, such as [5m] behind the metric.", "x"],
      ["sum(x[5m])", "sum(vector) gets a range here and wants a vector.", "x[5m]"],
      ["histogram_quantile(x)", "histogram_quantile(number, vector) does not take 1 arguments.", "histogram_quantile"],
      ["topk(x, 3)", "topk(number, vector) gets a vector here and wants a number.", "x"],
      [
        "rate(sum(x)[5m])",
        "a range such as [5m] goes with a plain metric; behind anything else write [5m:] for a subquery, or move it inside.",
        "[5m]",
      ],
      ["sum(x) offset 5m", "offset goes with a metric or a range; move it inside.", " offset 5m"],
      ["x[5m] / y[5m]", "a range cannot be calculated with; put it into rate() or avg_over_time().", "x[5m]"],
      ["x[5m]", "the query gives a range, and a number or a vector is wanted.", "x[5m]"],
    ] as const) {
      test(query, () => assert.deepEqual(told(scaledObject(block(query))), [[message, marked]]));
    }
  });

  test("the place is exact in every form of a scalar", () => {
    const marked = (written: string) => {
      const text = scaledObject(written);
      return found(text).map(({ range }) => {
        const line = text.split("\n")[range.start.line] ?? "";
        return [line.trim(), line.slice(range.start.character, range.end.character)];
      });
    };
    assert.deepEqual(marked(" sum(rate(x)) > 1"), [["query: sum(rate(x)) > 1", "x"]]);
    assert.deepEqual(marked(" 'sum(x{a=''b''} b)'"), [["query: 'sum(x{a=''b''} b)'", "b"]]);
    assert.deepEqual(marked(' "sum(x{a=\\"b\\"} c)"'), [['query: "sum(x{a=\\"b\\"} c)"', "c"]]);
    assert.deepEqual(marked(block("sum(\n\n  x{a='b'}\n  y\n)")), [["y", "y"]]);
    assert.deepEqual(marked(" >-\n          sum(\n            x\n            y)\n"), [["y)", "y"]]);
    const crlf = scaledObject(block("sum(\n  x y\n)")).replaceAll("\n", "\r\n");
    const [finding] = found(crlf);
    assert.deepEqual(finding?.range, { start: { line: 15, character: 14 }, end: { line: 15, character: 15 } });
  });

  describe("has nothing to say of", () => {
    for (const query of [
      "x - x offset 5m > 10",
      "-x offset 5m",
      'max(wva_desired_replicas{variant_name="llama",exported_namespace="serving"})',
      "sum(vllm:num_requests_waiting) or vector(0)",
      "histogram_quantile(0.95, sum by (le) (rate(vllm:time_to_first_token_seconds_bucket[5m])))",
      "avg_over_time(avg(vllm:kv_cache_usage_perc)[5m:30s])",
      "sum(rate(a_total[5m] offset 1h)) / on() group_left sum(b) > bool 0.5",
      "x AND y unless on (pod) z",
      'label_replace(x, "a", "$1", "b", "(.*)")',
      "x{a=~`\\d+`} # a comment (",
      'count_values("version", x) without (pod,)',
      "topk(3, x @ end())",
      "clamp_min(x, scalar(y))",
      "predict_linear(x[1h], 4 * 3600)",
      "{__name__=~'vllm:.*'}",
      "rate(x[$__rate_interval])",
      "rate(x[$interval])",
      'sum(x{ns="${NAMESPACE}"}) by',
      "rate(x[[[interval]]])",
      "rate(x[<range>])",
      "rate(x[RATE_WINDOW])",
      "sum(rate(x[5m]) keep_metric_names",
      "x default 0",
      "rollup_candlestick(x[5m])",
    ]) {
      test(query, () => assert.deepEqual(told(scaledObject(block(query))), []));
    }

    test("a template", () => {
      assert.deepEqual(told(scaledObject(" 'sum(x{ns=\"{{ .Release.Namespace }}\"}'")), []);
    });

    test("another database's query, and one that goes to VictoriaMetrics", () => {
      assert.deepEqual(told(scaledObject(" SELECT count(*) FROM jobs", "postgresql")), []);
      assert.deepEqual(
        told(scaledObject(" sum(rate(x))", "prometheus", "http://vmselect:8481/select/0/prometheus")),
        [],
      );
      assert.equal(told(scaledObject(" sum(rate(x))")).length, 1);
    });

    test("a query that is not there", () => {
      assert.deepEqual(told(scaledObject("")), []);
      assert.deepEqual(told(scaledObject(' ""')), []);
      assert.deepEqual(told(scaledObject(" {a: b}")), []);
    });
  });

  test("a PrometheusRule has its effect told, and each expression is read", () => {
    const text = `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: serving}
spec:
  groups:
    - name: a
      rules:
        - {record: a, expr: "sum(x)"}
        - alert: Waiting
          expr: vllm:num_requests_waiting > 
        - alert: Slow
          expr: sum(rate(x)
`;
    assert.deepEqual(
      found(text).map(({ message, range }) => [range.start.line, message]),
      [
        [
          9,
          'PrometheusRule "serving": the query ends where something has to follow. Prometheus refuses the query, and with it all that stands in the same file.',
        ],
        [
          11,
          'PrometheusRule "serving": "(" is never closed in this query. Prometheus refuses the query, and with it all that stands in the same file.',
        ],
      ],
    );
  });

  test("a rule file of Prometheus in a ConfigMap, at its place in the block", () => {
    const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: rules}
data:
  serving.yml: |
    groups:
      - name: a
        rules:
          - record: a
            expr: |
              sum(
                rate(x))
`;
    assert.deepEqual(
      found(text).map((finding) => [finding.range.start.line, cut({ "a.yaml": text }, finding)]),
      [[11, "x"]],
    );
  });

  test("what prometheus-adapter fills in stands for what it will be", () => {
    const adapter = (query: string) => `rules:
  - seriesQuery: 'vllm:num_requests_waiting{namespace!="",pod!=""}'
    name: {as: waiting}
    metricsQuery: '${query}'
`;
    assert.deepEqual(told(adapter("sum(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)")), []);
    assert.deepEqual(told(adapter("sum(rate(<<.Series>>{<<.LabelMatchers>>}[5m])) by (<< .GroupBy >>)")), []);
    assert.deepEqual(told(adapter('sum(<<index .LabelValuesByName "x">>')), []);
    const text = adapter("sum(<<.Series>>{<<.LabelMatchers>>} by (<<.GroupBy>>)");
    assert.deepEqual(
      found(text).map((finding) => cut({ "a.yaml": text }, finding)),
      ["by"],
    );
  });

  test("its fixes write what was meant", () => {
    const mended = (written: string) => {
      const text = scaledObject(written);
      const [finding] = found(text);
      const after = applyEdits({ "a.yaml": text }, finding?.fixes[0]?.edits ?? [])["a.yaml"] ?? "";
      assert.deepEqual(found(after), []);
      return /query:\s*(?:\|\s*)?(.*)\n/.exec(after)?.[1];
    };
    assert.equal(mended(block("avg_overtime(x[5m])")), "avg_over_time(x[5m])");
    assert.equal(mended(block('rate(x{a="b"})')), 'rate(x{a="b"}[5m])');
    assert.equal(mended(block('x{a=~"\\d+"}')), 'x{a=~"\\\\d+"}');
    assert.equal(mended(` 'x{a=~"\\d+"}'`), `'x{a=~"\\\\d+"}'`);
    assert.equal(mended(' "x{a=~\\"\\\\d+\\"}"'), '"x{a=~\\"\\\\\\\\d+\\"}"');
  });

  test("hostile queries end soon, and the longest are called so", () => {
    const long = scaledObject(` "${"a+".repeat(limits.queryWords)}a"`);
    assert.deepEqual(
      found(long).map(({ severity, message }) => [severity, message]),
      [["info", 'ScaledObject "llama": the query is longer than Headroom reads; nothing in it was checked.']],
    );
    for (const [query, count] of [
      [`${"(".repeat(700)}x${")".repeat(700)}`, 0],
      [`${"a+".repeat(700)}a`, 0],
      [`${"abs(".repeat(400)}x${")".repeat(400)}`, 0],
      ["-".repeat(1_400), 1],
      ["sum(".repeat(700), 1],
      [`x{a="${"\\\\".repeat(100_000)}"}`, 0],
      ["\u0000", 1],
    ] as const) {
      assert.equal(found(scaledObject(` '${query}'`)).length, count, query.slice(0, 20));
    }
  });
});
