import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Desk } from "./support/cursor.ts";

const hpa = (rest: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: llama\n${rest}`;
const map = (name: string, rest: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${rest}`;

const stack = `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama, namespace: serving}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: qwen, namespace: serving}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: llama-lmcache}
data:
  lmcache.yaml: ""
  other.yaml: ""
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: weights}
---
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata: {name: prometheus}
---
apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: llama-variant}
spec: {scaleTargetRef: {kind: Deployment, name: llama}}
`;

describe("completion", { timeout: 120_000 }, () => {
  const desk = new Desk({ "stack.yaml": stack, "far/away.yaml": stack.replaceAll("llama", "mistral") });

  describe("of what the schema says", () => {
    test("keys of a document by its kind", async () => {
      assert.deepEqual(await desk.labels(hpa("spec:\n  behavior:\n    ‸\n")), ["scaleDown", "scaleUp"]);
      assert.deepEqual(await desk.labels(hpa("spec:\n  behavior:\n    scale‸\n")), ["scaleDown", "scaleUp"]);
      assert.deepEqual(await desk.labels(hpa("spec:\n  behavior:\n    scaleUp: {}\n    ‸\n")), ["scaleDown"]);
    });

    test("values", async () => {
      assert.deepEqual(await desk.labels(hpa("spec:\n  behavior:\n    scaleUp:\n      selectPolicy: ‸\n")), [
        "Max",
        "Min",
        "Disabled",
      ]);
    });

    test("in the second document of a file", async () => {
      const text = `${map("a", "  x: y\n")}---\n${hpa("spec:\n  behavior:\n    ‸\n")}---\na: 1\n`;
      assert.deepEqual(await desk.labels(text), ["scaleDown", "scaleUp"]);
    });

    test("no whole objects, and no place holders for a client without snippets", async () => {
      const items = await desk.items("apiVersion: llmd.ai/v1alpha1\nkind: VariantAutoscaling\nspec:\n  ‸\n");
      assert.ok(items.length > 3);
      for (const item of items) {
        assert.doesNotMatch(item.label, /^object/);
        assert.doesNotMatch(JSON.stringify(item.textEdit), /\$/);
      }
    });

    test("each key once, and no number that nobody said", async () => {
      const trigger =
        "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec:\n  triggers:\n    - type: prometheus\n      ‸\n";
      const labels = await desk.labels(trigger);
      assert.deepEqual(labels, [...new Set(labels)]);
      assert.match(await desk.taken(trigger, "metadata"), /metadata:\n {8}serverAddress:/);
      assert.equal(await desk.taken(hpa("spec:\n  ma‸\n"), "maxReplicas"), hpa("spec:\n  maxReplicas: \n"));
    });

    test("nothing where nothing is known", async () => {
      assert.deepEqual(await desk.labels("a: 1\n‸\n"), []);
      assert.deepEqual(await desk.labels("apiVersion: example.com/v1\nkind: Deployment\nspec:\n  ‸\n"), []);
      assert.deepEqual(
        await desk.labels("apiVersion: apps/v1\nkind: Deployment\nspec:\n{{- if x }}\n  ‸\n{{- end }}\n"),
        [],
      );
    });

    test("while the document is broken", async () => {
      assert.deepEqual(await desk.labels(hpa("spec:\n  behavior:\n    scaleUp: {a: [\n    ‸\n")), ["scaleDown"]);
    });
  });

  describe("in documents inside of documents", () => {
    const name = "wva-saturation-scaling-config";

    test("in a literal block, with its indentation", async () => {
      const text = map(name, "  default: |\n    kvCacheThreshold: 0.8\n    queue‸\n");
      assert.equal(
        await desk.taken(text, "queueLengthThreshold"),
        map(name, "  default: |\n    kvCacheThreshold: 0.8\n    queueLengthThreshold: 5\n"),
      );
    });

    test("in a block that holds nothing yet", async () => {
      const text = map(name, "  default: |\n    ‸\n  other: x\n");
      assert.equal(
        await desk.taken(text, "kvSpareTrigger"),
        map(name, "  default: |\n    kvSpareTrigger: 0.1\n  other: x\n"),
      );
    });

    test("on a new line at the end of the file", async () => {
      const text = map(name, "  default: |\n    kvCacheThreshold: 0.8\n    ‸");
      assert.ok((await desk.labels(text)).includes("kvSpareTrigger"));
    });

    test("between other lines, with CRLF", async () => {
      const crlf = (text: string) => text.replaceAll("\n", "\r\n");
      const text = crlf(map(name, "  default: |\n    kvCacheThreshold: 0.8\n    kvS‸\n    queueSpareTrigger: 3\n"));
      assert.equal(
        await desk.taken(text, "kvSpareTrigger"),
        crlf(map(name, "  default: |\n    kvCacheThreshold: 0.8\n    kvSpareTrigger: 0.1\n    queueSpareTrigger: 3\n")),
      );
    });

    test("lines below a key are indented like the block", async () => {
      const text = map("lmcache", "  lmcache.yaml: |\n    chunk_size: 256\n    ext‸\n");
      assert.equal(
        await desk.taken(text, "extra_config"),
        map(
          "lmcache",
          "  lmcache.yaml: |\n    chunk_size: 256\n    extra_config:\n      enable_nixl_storage: false\n      p2p_socket_recv_timeout_ms: 30000\n      p2p_socket_send_timeout_ms: 10000\n",
        ),
      );
    });

    test("in quoted text", async () => {
      const text = map(name, '  default: "kvCacheThreshold: 0.8\\nqueue‸"\n');
      assert.equal(
        await desk.taken(text, "queueSpareTrigger"),
        map(name, '  default: "kvCacheThreshold: 0.8\\nqueueSpareTrigger: 3"\n'),
      );
    });

    test("of the kind that the other entries are of", async () => {
      const text = map(
        "any",
        "  default: |\n    kvCacheThreshold: 0.8\n    queueLengthThreshold: 5\n  llama: |\n    ‸\n",
      );
      assert.ok((await desk.labels(text)).includes("kvSpareTrigger"));
    });

    test("beside the block, what the outer document takes", async () => {
      const labels = await desk.labels(map(name, "  default: |\n    kvCacheThreshold: 0.8\n‸\n"));
      assert.ok(labels.includes("binaryData"));
      assert.ok(!labels.includes("kvSpareTrigger"));
    });
  });

  describe("of names", () => {
    test("the target of an autoscaler, by its kind, near ones first", async () => {
      const at = (kind: string, value: string) =>
        hpa(
          `spec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: ${kind}\n    name: ${value}\n  maxReplicas: 2\n`,
        );
      assert.deepEqual(await desk.labels(at("Deployment", "‸")), ["llama", "mistral"]);
      assert.deepEqual(await desk.labels(at("Deployment", "‸"), "far/hpa.yaml"), ["mistral", "llama"]);
      assert.deepEqual(await desk.labels(at("StatefulSet", "q‸")), ["qwen"]);
      assert.equal(await desk.taken(at("Deployment", "mi‸st"), "llama"), at("Deployment", "llama"));
      assert.equal(await desk.taken(at("Deployment", '"‸"'), "llama"), at("Deployment", '"llama"'));
    });

    test("in flow style, half typed", async () => {
      const text = hpa("spec:\n  scaleTargetRef: {kind: StatefulSet, name: ‸}\n");
      assert.equal(await desk.taken(text, "qwen"), text.replace("‸", "qwen"));
      assert.deepEqual(await desk.labels(hpa("spec:\n  scaleTargetRef: {kind: StatefulSet, name: ‸\n")), ["qwen"]);
    });

    const pod = (rest: string) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec:\n  template:\n    spec:\n${rest}`;

    test("volumes and what they hold", async () => {
      assert.deepEqual(
        await desk.labels(pod("      volumes:\n        - name: a\n          configMap:\n            name: ‸\n")),
        ["llama-lmcache", "mistral-lmcache"],
      );
      assert.deepEqual(
        await desk.labels(
          pod(
            "      volumes:\n        - name: a\n          configMap:\n            name: llama-lmcache\n            items:\n              - key: ‸\n",
          ),
        ),
        ["lmcache.yaml", "other.yaml"],
      );
      assert.deepEqual(
        await desk.labels(pod("      volumes:\n        - name: a\n          persistentVolumeClaim: {claimName: ‸}\n")),
        ["weights"],
      );
      assert.deepEqual(
        await desk.labels(
          pod(
            "      containers:\n        - name: vllm\n          volumeMounts:\n            - name: ‸\n      volumes:\n        - name: cache\n          emptyDir: {}\n        - {name: shm}\n",
          ),
        ),
        ["cache", "shm"],
      );
    });

    test("keys of a ConfigMap in a variable", async () => {
      const text = pod(
        "      containers:\n        - name: vllm\n          env:\n            - name: A\n              valueFrom:\n                configMapKeyRef:\n                  name: llama-lmcache\n                  key: ‸\n",
      );
      assert.deepEqual(await desk.labels(text), ["lmcache.yaml", "other.yaml"]);
    });

    test("authentication of a trigger", async () => {
      const text =
        "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: x}\nspec:\n  triggers:\n    - type: prometheus\n      authenticationRef:\n        name: ‸\n";
      assert.deepEqual(await desk.labels(text), ["prometheus"]);
    });

    test("variants, and what WVA 0.5.0 calls them", async () => {
      const text = hpa(
        "spec:\n  metrics:\n    - type: External\n      external:\n        metric:\n          name: wva_desired_replicas\n          selector:\n            matchLabels:\n              variant_name: ‸\n",
      );
      const labels = await desk.labels(text);
      assert.deepEqual(labels, ["llama-variant", "mistral-variant", "llama", "mistral"]);
    });

    test("namespaces of the workspace", async () => {
      const items = await desk.items("apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n  namespace: ‸\n");
      assert.deepEqual(
        items.map(({ label, detail }) => [label, detail]),
        [["serving", "namespace of 4 objects"]],
      );
    });

    test("plugins of an endpoint picker", async () => {
      const text =
        "apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\nplugins:\n  - type: queue-scorer\n  - type: utilization-detector\n    name: detector\nschedulingProfiles:\n  - name: default\n    plugins:\n      - pluginRef: ‸\n";
      assert.deepEqual(await desk.labels(text), ["detector", "queue-scorer"]);
    });

    test("metrics, with their meaning and unit", async () => {
      const metric = hpa("spec:\n  metrics:\n    - type: Pods\n      pods:\n        metric:\n          name: ‸\n");
      const found = (await desk.items(metric)).find(({ label }) => label === "vllm_kv_cache_usage_perc");
      assert.equal(found?.detail, "vLLM, 0 to 1");
      assert.match(JSON.stringify(found?.documentation), /compare with 0\.8, not 80/);
      const query =
        "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: x}\nspec:\n  triggers:\n    - type: prometheus\n      metadata:\n        query: sum(vllm:num‸) > 1\n";
      assert.equal(
        await desk.taken(query, "vllm:num_requests_waiting"),
        query.replace("vllm:num‸", "vllm:num_requests_waiting"),
      );
    });

    test("rules in the comment that silences them", async () => {
      const text = hpa("# headroom-disable-next-line hpa/scale-up-window, hpa/‸\nspec: {}\n");
      const labels = await desk.labels(text);
      assert.ok(labels.includes("keda/metric-type-in-metadata"));
      assert.ok(!labels.includes("hpa/scale-up-window"));
      assert.deepEqual(await desk.labels("a: 1 # head‸\n"), ["headroom-disable-next-line", "headroom-disable"]);
      const other = labels.find((label) => label.startsWith("hpa/")) ?? "";
      assert.equal(await desk.taken(text, other), text.replace("hpa/‸", other));
    });
  });

  describe("survives", () => {
    const head = hpa("spec:\n");
    for (const [what, text] of [
      ["aliases that multiply", `${head}  a: &a [1,1]\n  b: &b [*a,*a,*a]\n  c: &c [*b,*b,*b]\n  ‸\n`],
      ["an alias inside its anchor", `${head}  a: &x\n    b: *x\n  ‸\n`],
      ["deep nesting", `${head}  a: ${"[".repeat(5_000)}‸`],
      [
        "deep mappings",
        `${head}${Array.from({ length: 500 }, (_, i) => `${" ".repeat(i + 2)}a:\n`).join("")}${" ".repeat(502)}‸`,
      ],
      ["very many keys", `${head}${Array.from({ length: 5_000 }, (_, i) => `  k${i}: 1\n`).join("")}  ‸`],
      [
        "very many keys in a block",
        map(
          "lmcache",
          `  lmcache.yaml: |\n    chunk_size: 1\n${Array.from({ length: 5_000 }, (_, i) => `    k${i}: 1\n`).join("")}    ‸`,
        ),
      ],
      ["a long line", `${head}  a: "${"x".repeat(1_000_000)}"\n  ‸\n`],
    ] as const) {
      test(what, async () => {
        assert.deepEqual(await desk.labels(text), []);
        assert.equal(await desk.hovered(text), null);
        assert.deepEqual(await desk.labels(hpa("spec:\n  behavior:\n    ‸\n")), ["scaleDown", "scaleUp"]);
      });
    }
  });
});

describe("completion for a client that knows snippets and indents by itself", { timeout: 120_000 }, () => {
  const completionItem = { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] as (1 | 2)[] } };
  const desk = new Desk({}, { textDocument: { completion: { completionItem } } });

  test("leaves the indentation to it", async () => {
    const text = "apiVersion: llmd.ai/v1alpha1\nkind: VariantAutoscaling\nspec:\n  ‸\n";
    const item = (await desk.items(text)).find(({ label }) => label === "scaleTargetRef");
    assert.deepEqual(item?.textEdit, {
      range: { start: { line: 3, character: 2 }, end: { line: 3, character: 2 } },
      newText: "scaleTargetRef:\n  kind: $1\n  name: $2",
    });
    assert.equal(item?.insertTextFormat, 2);
    assert.equal(item?.insertTextMode, 2);
  });
});
