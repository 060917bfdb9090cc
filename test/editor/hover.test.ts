import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Desk } from "./support/cursor.ts";

const hpa = (rest: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: llama\n${rest}`;

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  template:
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.21.0
          args: ["--model", "meta-llama/Llama-3.1-70B-Instruct", "--tensor-parallel-size", "4"]
          env:
            - {name: LMCACHE_CONFIG_FILE, value: /etc/lmcache/lmcache.yaml}
          resources:
            limits: {nvidia.com/gpu: "4", memory: 400Gi}
          volumeMounts:
            - {name: config, mountPath: /etc/lmcache}
      volumes:
        - name: config
          configMap: {name: llama-lmcache}
`;

const cache = (line: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: llama-lmcache\ndata:\n  lmcache.yaml: |\n    chunk_size: 256\n${line}`;

const last = (hover: string | null) => hover?.split("\n\n").at(-1);

describe("hover", { timeout: 120_000 }, () => {
  const desk = new Desk({
    "deployment.yaml": deployment,
    "lmcache.yaml": cache("    max_local_cpu_size: 40\n"),
    "old/headroom.config.yaml": "versions:\n  wva: 0.4.2\n",
    "new/headroom.config.yaml": "versions:\n  wva: 0.5.1\n",
  });

  describe("tells what the schema says", () => {
    test("of a key, without where it is from or what it is part of", async () => {
      const said = await desk.hovered(hpa("spec:\n  max‸Replicas: 8\n"));
      assert.match(said ?? "", /replicas/i);
      assert.doesNotMatch(said ?? "", /Source:|^####/);
    });

    test("of a value among very many, about that one alone", async () => {
      const config = "apiVersion: llm-d.ai/v1alpha1\nkind: EndpointPickerConfig\nplugins:\n  - type: queue‸-scorer\n";
      assert.equal(
        await desk.hovered(config),
        "What the plugin is. An unknown type keeps the picker from starting.\n\n`queue-scorer`: Prefers pods with a short waiting queue. A scorer.",
      );
      const trigger =
        "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: a}\nspec:\n  triggers:\n    - type: c‸ron\n";
      assert.equal(await desk.hovered(trigger), "Which scaler of KEDA reads the metadata.");
    });

    test("of values that are few, about each, and examples in a line", async () => {
      const policy = hpa("spec:\n  behavior:\n    scaleUp:\n      selectPolicy: M‸ax\n");
      assert.match((await desk.hovered(policy)) ?? "", /`Max`: .*\n\* `Min`: /s);
      assert.match(
        (await desk.hovered(cache("    max_local_cpu‸_size: 40\n"))) ?? "",
        /\n\nFor example `20`, `40\.5`\./,
      );
    });

    test("inside of a block, a quoted text and with CRLF", async () => {
      const saturation = (rest: string) =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wva-saturation-scaling-config}\ndata:\n${rest}`;
      for (const text of [
        saturation("  default: |\n    queueLength‸Threshold: 5\n"),
        saturation("  default: |\n    kvCacheThreshold: 0.8\n    queueLength‸Threshold: 5\n").replaceAll("\n", "\r\n"),
        saturation('  default: "kvCacheThreshold: 0.8\\nqueueLength‸Threshold: 5"\n'),
      ]) {
        assert.match((await desk.hovered(text)) ?? "", /^Waiting requests from which a replica is saturated/);
      }
    });
  });

  describe("tells units", () => {
    const limits = (value: string) =>
      deployment.replace("memory: 400Gi", `memory: ${value}`).replace("name: llama\n", "name: other\n");

    test("bytes as people say them", async () => {
      assert.equal(last(await desk.hovered(limits("1610‸61273600"))), "`161061273600` is 150 GiB (161.1 GB).");
      assert.equal(last(await desk.hovered(limits("1G‸"))), "`1G` is 953.7 MiB.");
      assert.equal(last(await desk.hovered(limits("150‸Gi"))), "`150Gi` is 161.1 GB.");
    });

    test("seconds", async () => {
      const text = hpa("spec:\n  behavior:\n    scaleDown:\n      stabilizationWindowSeconds: 12‸00\n");
      assert.equal(last(await desk.hovered(text)), "`1200` is 20 min.");
    });

    test("thousandths", async () => {
      const text = hpa(
        "spec:\n  metrics:\n    - type: Pods\n      pods:\n        metric: {name: a}\n        target: {type: AverageValue, averageValue: 50‸0m}\n",
      );
      assert.equal(last(await desk.hovered(text)), "`500m` is 0.5.");
    });
  });

  test("tells the memory that a cache pins", async () => {
    const text = cache("    max_local‸_cpu_size: 80\n");
    const said = (await desk.hovered(text, "lmcache.yaml"))?.split("\n\n").slice(-2);
    assert.deepEqual(said, [
      "`80` is 80 GiB.",
      "`llama` pins 4 ranks x 80Gi = 320Gi of memory in container `vllm` of its limit of 400Gi.",
    ]);
  });

  test("tells the saturation entry that counts, by the version of WVA", async () => {
    const text =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wva-saturation-scaling-config}\ndata:\n  default: |\n    kvCacheThreshold: 0.7\n    queueLengthThreshold: 9\n  llama: |\n    kvSpare‸Trigger: 0.2\n";
    assert.equal(
      last(await desk.hovered(text, "old/wva.yaml")),
      "In effect for `llama`: kvCacheThreshold 0.7, queueLengthThreshold 9, kvSpareTrigger 0.2, queueSpareTrigger 3. WVA 0.4 takes what is left out from `default`.",
    );
    assert.equal(
      last(await desk.hovered(text, "new/wva.yaml")),
      "In effect for `llama`: kvCacheThreshold 0.7, queueLengthThreshold 9, kvSpareTrigger 0, queueSpareTrigger 0. WVA 0.5 counts what is left out as 0. It reads the entry `default` alone.",
    );
  });

  test("tells what a metric means", async () => {
    const external = hpa(
      "spec:\n  metrics:\n    - type: External\n      external:\n        metric:\n          name: wva_desired‸_replicas\n",
    );
    assert.equal(last(await desk.hovered(external)), "WVA gauge, replicas.");
    const query =
      'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: {name: x}\nspec:\n  triggers:\n    - type: prometheus\n      metadata:\n        query: avg(vllm:gpu_cache‸_usage_perc{namespace="a"})\n';
    assert.match((await desk.hovered(query)) ?? "", /Now called `vllm:kv_cache_usage_perc`/);
  });

  test("text of a document stays text", async () => {
    const text =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: "a`](command:x)"\nspec:\n  template:\n    spec:\n      containers: [{name: "v`![](x)", image: "i`\\n](y)"}]\n---\n' +
      hpa('spec:\n  scaleTargetRef:\n    kind: Deployment\n    name: "a`‸](command:x)"\n');
    assert.equal(
      last(await desk.hovered(text)),
      "Deployment `a ](command:x)` in `manifest.yaml:4`: `v ![](x)` of `i  ](y)`.",
    );
  });

  test("nothing where there is nothing", async () => {
    assert.equal(await desk.hovered("a‸: 1\n"), null);
    assert.equal(await desk.hovered("‸"), null);
  });
});
