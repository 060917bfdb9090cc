import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Desk } from "./support/cursor.ts";

const stack = `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama, namespace: serving}
spec:
  template:
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.21.0
          args: [--model, meta-llama/Llama-3.1-8B-Instruct, --served-model-name, llama-8b]
---
apiVersion: inference.networking.k8s.io/v1
kind: InferencePool
metadata: {name: llama-pool, namespace: serving}
---
apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: llama-variant, namespace: serving}
spec: {modelID: qwen/Qwen3-32B, scaleTargetRef: {kind: Deployment, name: llama}}
`;

/** A trigger whose query is written as given, from the colon on. */
const trigger = (written: string, type = "prometheus") =>
  `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: x}
spec:
  triggers:
    - metadata:
        query:${written}
      type: ${type}
`;

const rules = (written: string) =>
  `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: x}
spec:
  groups:
    - name: a
      rules:
        - alert: b
          expr:${written}
`;

describe("PromQL", { timeout: 120_000 }, () => {
  const desk = new Desk({ "stack.yaml": stack });

  describe("completes", () => {
    test("metrics with meaning and unit, aggregations and functions with what they take", async () => {
      for (const text of [
        trigger(" ‸"),
        trigger(' "‸"'),
        trigger(" sum(‸)"),
        rules(" |\n            sum(\n              ‸\n            )"),
      ]) {
        const items = await desk.items(text);
        const item = (label: string) => items.find((one) => one.label === label);
        assert.equal(item("vllm:num_requests_waiting")?.detail, "vLLM, requests");
        assert.match(JSON.stringify(item("vllm:num_requests_waiting")?.documentation), /wait in the engine's queue/);
        assert.equal(item("sum")?.detail, "sum(vector)");
        assert.equal(item("rate")?.detail, "rate(range)");
        assert.match(JSON.stringify(item("rate")?.documentation), /Growth of a counter per second/);
        assert.equal(item("by"), undefined);
      }
    });

    test("the word that is begun, in each form of a scalar", async () => {
      for (const [written, after] of [
        [" sum(vllm:num‸)", " sum(vllm:num_requests_waiting)"],
        [" 'x{a=''b''} + vllm:num‸'", " 'x{a=''b''} + vllm:num_requests_waiting'"],
        [' "x{a=\\"b\\"} + vllm:num‸"', ' "x{a=\\"b\\"} + vllm:num_requests_waiting"'],
        [" |-\n          sum(\n            vllm:num‸)", " |-\n          sum(\n            vllm:num_requests_waiting)"],
        [" >\n          sum(vllm:num‸x\n          )", " >\n          sum(vllm:num_requests_waiting\n          )"],
        [" |\n          sum(\n            ‸", " |\n          sum(\n            vllm:num_requests_waiting"],
      ] as const) {
        assert.equal(await desk.taken(trigger(written), "vllm:num_requests_waiting"), trigger(after));
        const crlf = (text: string) => text.replaceAll("\n", "\r\n");
        assert.equal(await desk.taken(crlf(trigger(written)), "vllm:num_requests_waiting"), crlf(trigger(after)));
      }
    });

    test("in a document inside of a document", async () => {
      const held = (inner: string) =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  rule.yaml: |\n${inner.replace(/^(?=.)/gm, "    ")}`;
      const written = " |\n            sum(\n              vllm:num‸";
      assert.equal(
        await desk.taken(held(rules(written)), "vllm:num_requests_waiting"),
        held(rules(written.replace("vllm:num‸", "vllm:num_requests_waiting"))),
      );
      assert.match((await desk.hovered(held(rules(" ra‸te(x[5m])")))) ?? "", /^`rate\(range\)`/);
    });

    test("in a rule file of Prometheus and in the rules of prometheus-adapter", async () => {
      const file = "groups:\n  - name: a\n    rules:\n      - alert: b\n        expr: sum(vllm:num‸)\n";
      assert.ok((await desk.labels(file)).includes("vllm:num_requests_waiting"));
      const adapter = "rules:\n  - seriesQuery: 'vllm:num‸'\n    metricsQuery: sum(<<.Series>>)\n";
      assert.ok((await desk.labels(adapter)).includes("vllm:num_requests_waiting"));
    });

    test("labels, those that come with such metrics", async () => {
      const own = ["model_name", "engine", "finished_reason"];
      const added = ["namespace", "pod", "container", "service", "job", "endpoint", "instance"];
      assert.deepEqual(await desk.labels(trigger(" sum(vllm:num_requests_waiting{‸})")), [...own, ...added]);
      assert.deepEqual(await desk.labels(trigger(" 'vllm:num_requests_waiting{pod=\"a\", na‸'")), [...own, ...added]);
      assert.deepEqual(await desk.labels(trigger(" vllm:time_to_first_token_seconds_bucket{‸}")), [
        ...own,
        ...added,
        "le",
      ]);
      const all = await desk.labels(trigger(" sum by (po‸) (x)"));
      for (const label of ["variant_name", "inference_pool", "pod", "le"]) assert.ok(all.includes(label), label);
      assert.equal(
        await desk.taken(trigger(" max(wva_desired_replicas{var‸})"), "variant_name"),
        trigger(" max(wva_desired_replicas{variant_name})"),
      );
    });

    test("values of labels, by what has such names in the graph", async () => {
      const values = (matcher: string) => desk.labels(trigger(` '${matcher}'`));
      assert.deepEqual(await values('wva_desired_replicas{variant_name="‸"}'), ["llama-variant", "llama"]);
      assert.deepEqual(await values('wva_desired_replicas{exported_namespace="‸"}'), ["serving"]);
      assert.deepEqual(await values('x{namespace="s‸'), ["serving"]);
      assert.deepEqual(await values('vllm:num_requests_waiting{model_name="‸"}'), ["llama-8b", "qwen/Qwen3-32B"]);
      assert.deepEqual(await values('x{inference_pool="‸"}'), ["llama-pool"]);
      assert.deepEqual(await values('x{container!="‸"}'), ["vllm"]);
      assert.deepEqual(await values('x{pod="‸"}'), []);
      assert.deepEqual(await values('x{pod=~"‸"}'), ["llama-.*"]);
      assert.deepEqual(await values('x{direction="‸"}'), ["up", "down"]);
      assert.deepEqual(await values('x{nothing="‸"}'), []);
    });

    test("a value goes into the quotes that are there", async () => {
      assert.equal(
        await desk.taken(trigger(' "x{variant_name=\\"ll‸ma\\"}"'), "llama-variant"),
        trigger(' "x{variant_name=\\"llama-variant\\"}"'),
      );
      assert.equal(
        await desk.taken(trigger(" |\n          x{model_name=\"‸\",\n            pod='y'}"), "qwen/Qwen3-32B"),
        trigger(" |\n          x{model_name=\"qwen/Qwen3-32B\",\n            pod='y'}"),
      );
    });

    test("ranges, and words between operands", async () => {
      assert.deepEqual(await desk.labels(trigger(" sum(rate(x[‸]))")), ["1m", "2m", "5m", "10m", "30m", "1h"]);
      assert.equal(await desk.taken(trigger(" sum(rate(x[1‸]))"), "10m"), trigger(" sum(rate(x[10m]))"));
      assert.deepEqual(await desk.labels(trigger(" x ‸")), ["and", "or", "unless", "offset"]);
      assert.deepEqual(await desk.labels(trigger(" sum ‸(x)")), ["and", "or", "unless", "offset", "by", "without"]);
      assert.deepEqual(await desk.labels(trigger(" sum(x) b‸")), ["and", "or", "unless", "offset", "by", "without"]);
    });

    test("nothing in comments, numbers, texts and other databases' queries", async () => {
      assert.deepEqual(await desk.labels(trigger(" |\n          x # vllm‸")), []);
      assert.deepEqual(await desk.labels(trigger(" x > 0.8‸")), []);
      assert.deepEqual(await desk.labels(trigger(' label_replace(x, "a‸", "b")')), []);
      assert.deepEqual(await desk.labels(trigger(" SELECT ‸", "postgresql")), []);
    });
  });

  describe("explains", () => {
    test("metrics, labels and functions, at their exact place", async () => {
      assert.match(
        (await desk.hovered(trigger(' "x{a=\\"b\\"} + vllm:num_req‸uests_waiting"'))) ?? "",
        /^Requests that wait/,
      );
      assert.match(
        (await desk.hovered(rules(" |\n            sum(\n              ra‸te(x[5m]))"))) ?? "",
        /^`rate\(range\)`/,
      );
      assert.match((await desk.hovered(trigger(" su‸m by (pod) (x)"))) ?? "", /^`sum\(vector\)`/);
      assert.match(
        (await desk.hovered(trigger(" wva_desired_replicas{exported_‸namespace='a'}"))) ?? "",
        /^Namespace of the variant/,
      );
      assert.match((await desk.hovered(trigger(" x and‸ y"))) ?? "", /^Series of the left side that have a partner/);
    });

    test("marks the word alone", async () => {
      const text = trigger(' "x{a=\\"b\\"} + ra‸te(y[5m])"');
      const hover = await desk.ask<{ range: unknown }>("textDocument/hover", text);
      const start = '        query: "x{a=\\"b\\"} + '.length;
      assert.deepEqual(hover.range, {
        start: { line: 6, character: start },
        end: { line: 6, character: start + 4 },
      });
    });

    test("leaves unknown words alone", async () => {
      assert.equal(await desk.hovered(trigger(" sum(some‸thing)")), await desk.hovered(trigger(" su‸mm(something)")));
    });
  });
});

describe("PromQL for a client that knows tab stops", { timeout: 120_000 }, () => {
  const desk = new Desk({}, { textDocument: { completion: { completionItem: { snippetSupport: true } } } });

  test("the cursor goes between the brackets, unless they are there", async () => {
    const rate = async (written: string) => {
      const item = (await desk.items(trigger(written))).find(({ label }) => label === "rate");
      return [item?.textEdit?.newText, item?.insertTextFormat];
    };
    assert.deepEqual(await rate(" sum(ra‸)"), ["rate($0)", 2]);
    assert.deepEqual(await rate(" sum(ra‸(x))"), ["rate", undefined]);
  });
});
