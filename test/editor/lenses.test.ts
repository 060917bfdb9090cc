import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { capacity, isRefusal } from "../../server/engine/capacity/capacity.ts";
import { tier } from "../../server/engine/capacity/tiers.ts";
import { bytesPerToken } from "../../server/engine/capacity/token-bytes.ts";
import { findGpu } from "../../server/engine/catalogue/find-gpu.ts";
import { findModel } from "../../server/engine/catalogue/find-model.ts";
import { bytesPerRank, tokens } from "../../server/engine/units.ts";
import { Showcase } from "./support/shown.ts";

const server = (args: string, rest = "", more = "") => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: chat
${more}spec:
  template:
    spec:
      nodeSelector: {nvidia.com/gpu.product: NVIDIA-H100-80GB-HBM3}
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          command: [vllm, serve]
          args: [${args}]
          resources: {limits: {nvidia.com/gpu: "2"}}
${rest}`;
const qwen = "Qwen/Qwen3-32B, --tensor-parallel-size=2, --max-model-len=8192";
const probe =
  "          startupProbe: {httpGet: {path: /health, port: 8000}, periodSeconds: 10, failureThreshold: 60}\n";
const measured = "  annotations: {headroom.dev/pod-startup: 5m}\n";
const hpa = (spec: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: chat}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
  maxReplicas: 8
${spec}`;
const external = (name: string, target: string, label = "") =>
  `  metrics: [{type: External, external: {metric: {name: "${name}"${label}}, target: ${target}}}]\n`;
const waiting = external("vllm:num_requests_waiting", '{type: AverageValue, averageValue: "5"}');
const wanted = external(
  "wva_desired_replicas",
  '{type: AverageValue, averageValue: "1"}',
  ", selector: {matchLabels: {variant_name: chat-h100}}",
);
const after180 = "  behavior: {scaleUp: {stabilizationWindowSeconds: 180}}\n";
const quota = (gpus: number) =>
  `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: gpus}\nspec: {hard: {requests.nvidia.com/gpu: "${gpus}"}}\n`;
const scaledObject = (trigger: string, spec = "") => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: chat}
spec:
  scaleTargetRef: {name: chat}
  maxReplicaCount: 4
${spec}  triggers:
    - type: prometheus
${trigger}`;
const variant = `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: chat-h100}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}
  modelID: Qwen/Qwen3-32B
`;
const thresholds = (entries: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wva-saturation-scaling-config}\ndata:\n${entries}`;
const usual =
  "  default: |\n    kvCacheThreshold: 0.8\n    queueLengthThreshold: 5\n    kvSpareTrigger: 0.1\n    queueSpareTrigger: 3\n";
const cached = server(
  qwen,
  `          env: [{name: LMCACHE_CONFIG_FILE, value: /etc/lmcache/lmcache.yaml}]
          volumeMounts: [{name: cache, mountPath: /etc/lmcache}]
      volumes: [{name: cache, configMap: {name: cache}}]
`,
);
const cache =
  "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cache}\ndata:\n  lmcache.yaml: |\n    max_local_cpu_size: 20\n";

const files = {
  "server/fits.yaml": server(qwen),
  "server/unknown.yaml": server("acme/Secret-1, --max-model-len=8192"),
  "server/open.yaml": server('Qwen/Qwen3-32B, "--max-model-len=$(LENGTH)"'),
  "server/small.yaml": server("Qwen/Qwen3-235B-A22B, --tensor-parallel-size=2, --max-model-len=8192"),
  "probe/both.yaml": server("acme/Secret-1", probe, measured),
  "probe/only.yaml": server("acme/Secret-1", probe),
  "probe/measured.yaml": server("acme/Secret-1", "", measured),
  "full/server.yaml": server(qwen),
  "full/quota.yaml": quota(16),
  "full/hpa.yaml": hpa(waiting),
  "shared/server.yaml": server(qwen),
  "shared/other.yaml": server(qwen).replace("name: chat", "name: code").replace("spec:", "spec:\n  replicas: 4"),
  "shared/quota.yaml": quota(32),
  "shared/hpa.yaml": hpa(waiting + after180),
  "free/server.yaml": server(qwen),
  "free/hpa.yaml": hpa(external("queue", '{type: Value, value: "20"}') + after180),
  "cpu/server.yaml": server(qwen),
  "cpu/hpa.yaml": hpa(
    "  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]\n  behavior: {scaleUp: {tolerance: 0.05}}\n",
  ),
  "never/hpa.yaml": hpa(`${waiting}  behavior: {scaleUp: {selectPolicy: Disabled}}\n`),
  "open/hpa.yaml": hpa(`${waiting}  behavior: {scaleUp: {stabilizationWindowSeconds: "\${UP}"}}\n`),
  "keda/server.yaml": server(qwen),
  "keda/scaler.yaml": scaledObject('      metadata: {query: "sum(vllm:num_requests_waiting)", threshold: "10"}\n'),
  "formula/server.yaml": server(qwen),
  "formula/scaler.yaml": scaledObject(
    '      metadata: {query: "sum(vllm:num_requests_waiting)", threshold: "10"}\n',
    '  advanced: {scalingModifiers: {formula: "a * 2", target: "5"}}\n',
  ),
  "wva/server.yaml": server(qwen),
  "wva/hpa.yaml": hpa(wanted + after180),
  "wva/variant.yaml": variant,
  "wva/thresholds.yaml": thresholds(usual),
  "tokens/headroom.config.yaml": "versions: {wva: 0.8.0}\n",
  "tokens/server.yaml": server(qwen),
  "tokens/variant.yaml": variant,
  "tokens/thresholds.yaml": thresholds("  default: |\n    analyzerName: saturation\n    scaleUpThreshold: 0.75\n"),
  "versions/variant.yaml": variant,
  "versions/thresholds.yaml": thresholds("  default: |\n    kvSpareTrigger: 0.2\n"),
  "cache/server.yaml": cached,
  "cache/cache.yaml": cache,
  "hostile/hpa.yaml": hpa(external("a\\u202eb\\nc", '{type: Value, value: "20"}')),
};

describe("lenses", { timeout: 180_000 }, () => {
  const show = new Showcase(files);
  const asked = { model: findModel("Qwen/Qwen3-32B")?.model, gpu: findGpu("NVIDIA-H100-80GB-HBM3") };

  test("a server tells what its GPUs hold, as the engine works it out", async () => {
    assert.ok(asked.model !== undefined && asked.gpu !== undefined);
    const answer = capacity({
      model: asked.model,
      gpu: asked.gpu,
      version: [0, 19],
      parallel: { tensor: 2, pipeline: 1, decodeContext: 1 },
      maxModelLen: tokens(8192),
    });
    assert.ok(!isRefusal(answer));
    assert.deepEqual([Math.floor(answer.tokens.value / 1000), Math.floor(answer.concurrency)], [297, 36]);
    assert.deepEqual(await show.lenses("server/fits.yaml"), ["1: holds 297k tokens, 36 requests of 8k"]);
  });

  test("a server that does not start says why", async () => {
    assert.deepEqual(await show.lenses("server/small.yaml"), [
      "1: no room for a KV cache on H100-SXM: vLLM does not start",
    ]);
  });

  test("nothing is said of a model or a length that is not known", async () => {
    assert.deepEqual(await show.listed("server/unknown.yaml"), []);
    assert.deepEqual(await show.listed("server/open.yaml"), []);
  });

  test("the start of a pod, and what its probe grants", async () => {
    assert.deepEqual(await show.lenses("probe/both.yaml"), ["1: up in 5 min, probe budget 10 min"]);
    assert.deepEqual(await show.lenses("probe/only.yaml"), ["1: up in 10 min at the longest"]);
    assert.deepEqual(await show.lenses("probe/measured.yaml"), ["1: up in 5 min"]);
  });

  const autoscalers: [what: string, file: string, ...told: string[]][] = [
    [
      "all GPUs of a quota",
      "full/hpa.yaml",
      "max 8 x 2 GPU = 16 of 16",
      "up at vllm:num_requests_waiting > 5.5 a replica",
    ],
    [
      "some of a quota that others draw on",
      "shared/hpa.yaml",
      "max 8 x 2 GPU = 16 of 32 for 24 asked in all",
      "up after 180 s at vllm:num_requests_waiting > 5.5 a replica",
    ],
    ["GPUs without a bound, and a total", "free/hpa.yaml", "max 8 x 2 GPU = 16", "up after 180 s at queue > 22"],
    ["a tolerance of its own", "cpu/hpa.yaml", "max 8 x 2 GPU = 16", "up at cpu > 84 % of its request"],
    ["that it never scales up", "never/hpa.yaml", "never scales up"],
    ["nothing of a window that is filled in later", "open/hpa.yaml"],
    [
      "a trigger of KEDA",
      "keda/scaler.yaml",
      "max 4 x 2 GPU = 8",
      "up at sum(vllm:num_requests_waiting) > 11 a replica",
    ],
    ["nothing of a formula over triggers", "formula/scaler.yaml", "max 4 x 2 GPU = 8"],
    ["whom it follows", "wva/hpa.yaml", "max 8 x 2 GPU = 16", "follows DESIRED of variant chat-h100, up after 180 s"],
    ["names as text on one line", "hostile/hpa.yaml", "up at a b c > 22"],
  ];
  for (const [what, file, ...told] of autoscalers) {
    test(`an autoscaler tells ${what}`, async () => {
      assert.deepEqual(
        await show.lenses(file),
        told.map((title) => `1: ${title}`),
      );
    });
  }

  test("WVA's trigger stands above the variant and above the entry, with what its HPA waits", async () => {
    const trigger = "up after 180 s at avg spare KV < 0.10 or avg spare queue < 3";
    assert.deepEqual(await show.lenses("wva/variant.yaml"), [`1: ${trigger}`]);
    assert.deepEqual(await show.lenses("wva/thresholds.yaml"), [`5: ${trigger}`]);
  });

  test("the token analysis has a threshold of its own", async () => {
    assert.deepEqual(await show.lenses("tokens/variant.yaml"), ["1: up at tokens asked for > 0.75 of supply"]);
  });

  test("thresholds that versions of WVA fill up differently are told where a version is known alone", async () => {
    assert.deepEqual(await show.listed("versions/variant.yaml"), []);
  });

  test("a configuration of LMCache tells how many tokens of the model it keeps", async () => {
    assert.ok(asked.model !== undefined);
    const each = bytesPerToken({
      model: asked.model,
      dtype: "bfloat16",
      parallel: { tensor: 2, pipeline: 1, decodeContext: 1 },
    } as Parameters<typeof bytesPerToken>[0]);
    const kept = tier({ sizePerRank: bytesPerRank(20 * 2 ** 30), bytesPerToken: each }).tokens;
    assert.equal(kept, 163_840);
    assert.deepEqual(await show.lenses("cache/cache.yaml"), ["5: 20 GiB per rank = 163k tokens of Qwen3-32B"]);
  });

  test("figures are worked out when a lens is resolved, and only then", async () => {
    const [lens] = (await show.listed("server/fits.yaml")) ?? [];
    assert.equal(lens?.command, undefined);
    assert.deepEqual(await show.client.ask("codeLens/resolve", { ...lens, data: { uri: "file:///none", id: 1 } }), {
      ...lens,
      data: { uri: "file:///none", id: 1 },
    });
  });

  test("no client is offered a preview that has not said that it has one", async () => {
    assert.ok((await show.lenses("wva/hpa.yaml")).every((line) => !line.includes("Preview")));
  });
});

describe("lenses of a client with a preview", { timeout: 180_000 }, () => {
  const show = new Showcase(files, {
    initializationOptions: { preview: true },
    capabilities: { workspace: { configuration: true, codeLens: { refreshSupport: true } } },
    settings: {},
  });

  test("open it from whatever has to do with a server", async () => {
    for (const file of [
      "wva/server.yaml",
      "wva/hpa.yaml",
      "wva/variant.yaml",
      "wva/thresholds.yaml",
      "cache/cache.yaml",
    ]) {
      const last = (await show.listed(file))?.at(-1)?.command;
      assert.deepEqual(last, {
        title: "Preview scaling",
        command: "headroom.openPreview",
        arguments: [show.folder.uri(file), "chat"],
      });
    }
    assert.deepEqual(await show.listed("full/quota.yaml"), []);
  });

  test("are asked for again when another file has changed, and end with their setting", async () => {
    let asked = 0;
    const again = new Promise<void>((resolve) => {
      show.client.connection.onRequest("workspace/codeLens/refresh", () => {
        asked++;
        resolve();
        return null;
      });
    });
    await show.client.open(show.folder.uri("full/quota.yaml"), quota(24));
    await again;
    assert.equal((await show.lenses("full/hpa.yaml"))[0], "1: max 8 x 2 GPU = 16 of 24");
    show.client.settings = { lenses: { enabled: false } };
    await show.client.notify("workspace/didChangeConfiguration", { settings: null });
    while ((await show.listed("full/hpa.yaml")) !== null);
    assert.ok(asked >= 1);
  });
});
