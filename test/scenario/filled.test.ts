import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hpa, refusal, scenarioIn, server } from "./stack.ts";

const annotated = (lines: string) =>
  server.replace(
    "annotations: {headroom.dev/pod-startup: 90s}",
    `annotations: {headroom.dev/pod-startup: 90s, ${lines}}`,
  );
const withEnv = (env: string) => server.replace("          resources:", `          env: ${env}\n          resources:`);
const variantOf = (files: Readonly<Record<string, string>>) => {
  const { scenario } = scenarioIn(files);
  return scenario.variants[0]?.server;
};

describe("an annotation says what no field of a manifest does", () => {
  test("the tokens that vLLM logged", () => {
    const { capacity } = variantOf({ "chat.yaml": annotated('headroom.dev/kv-cache-tokens: "250000"') }) ?? {};
    assert.deepEqual(capacity, { value: 250_000, origin: "chat.yaml:8" });
  });

  test("the GPU, which a flag outranks", () => {
    const noLabel = annotated("headroom.dev/gpu: H200").replace(/ {6}nodeSelector.*\n/, "");
    const gpu = (rest: { gpu?: string }) =>
      scenarioIn({ "chat.yaml": noLabel }, rest).told.find(({ what }) => what === "chat: GPU");
    assert.deepEqual(gpu({}), { what: "chat: GPU", value: "H200-SXM", origin: "chat.yaml:8" });
    assert.equal(gpu({ gpu: "H100" })?.origin, "flag: --gpu");
  });

  test("how long a node takes, and then it is no gap", () => {
    const { scenario, gaps } = scenarioIn({ "chat.yaml": annotated("headroom.dev/node-time: 3m") });
    assert.deepEqual(scenario.pools[0]?.provisioning, { value: 180, origin: "chat.yaml:8" });
    assert.ok(!gaps.some(({ what }) => what === "how long a new node takes"));
  });

  test("how old a metric is when the HPA reads it, which is a gap without it", () => {
    const delay = 'HorizontalPodAutoscaler "chat": delay of its metrics';
    const plain = scenarioIn({ "chat.yaml": server, "hpa.yaml": hpa });
    assert.ok(plain.gaps.some(({ what }) => what === delay));
    const told = hpa.replace("{name: chat}\nspec", "{name: chat, annotations: {headroom.dev/metric-delay: 20s}}\nspec");
    const { scenario, gaps } = scenarioIn({ "chat.yaml": server, "hpa.yaml": told });
    assert.deepEqual(scenario.signals[0]?.delay, { value: 20, origin: "hpa.yaml:3" });
    assert.ok(!gaps.some(({ what }) => what === delay));
  });
});

describe("LMCache in a scenario", () => {
  test("keeps prefixes in host memory and on a disk, each with its tokens and its speed", () => {
    const env =
      '[{name: LMCACHE_MAX_LOCAL_CPU_SIZE, value: "100"}, {name: LMCACHE_LOCAL_DISK, value: "file:///cache/"}, {name: LMCACHE_MAX_LOCAL_DISK_SIZE, value: "500"}]';
    const { gaps } = scenarioIn({ "chat.yaml": withEnv(env) });
    const tiers = variantOf({ "chat.yaml": withEnv(env) })?.tiers ?? [];
    // Qwen3-32B in bf16 takes 131,072 bytes a token on each of two ranks.
    assert.deepEqual(
      tiers.map(({ capacity, chunk, device, bytesPerToken }) => [capacity, chunk, device.name, bytesPerToken]),
      [
        [819_200, 256, "CPU memory", 262_144],
        [4_096_000, 256, "NVMe of PCIe 4", 262_144],
      ],
    );
    assert.ok(gaps.some(({ what }) => what === "chat: speed of LMCache's disk"));
  });

  test("of unknown size is a gap", () => {
    const { gaps } = scenarioIn({ "chat.yaml": withEnv('[{name: LMCACHE_LOCAL_CPU, value: "True"}]') });
    assert.ok(gaps.some(({ what }) => what === "chat: LMCache"));
  });
});

describe("split pools in a scenario", () => {
  const role = (name: string, of: string) =>
    server
      .replace("metadata: {name: chat}", `metadata: {name: ${name}}`)
      .replace("      annotations:", `      labels: {llm-d.ai/role: ${of}}\n      annotations:`);
  const files = { "read.yaml": role("read", "prefill"), "write.yaml": role("write", "decode") };

  test("have their roles, and a link whose speed is a gap", () => {
    const { scenario, gaps } = scenarioIn(files);
    assert.deepEqual(
      scenario.variants.map(({ name, server: { role: of } }) => [name, of]),
      [
        ["read", "prefill"],
        ["write", "decode"],
      ],
    );
    assert.deepEqual(scenario.link, { base: 0.00005, bandwidth: 25e9, bytesPerToken: 262_144 });
    assert.ok(gaps.some(({ what }) => what === "link between prefill and decode pods"));
  });

  test("have the link that an annotation tells, in bytes or in bits", () => {
    for (const [written, bandwidth] of [
      ["12.5GB/s", 12.5e9],
      ["100Gbps", 12.5e9],
    ] as const) {
      const told = files["read.yaml"].replace(
        "{headroom.dev/pod",
        `{headroom.dev/kv-link: ${written}, headroom.dev/pod`,
      );
      assert.equal(scenarioIn({ ...files, "read.yaml": told }).scenario.link?.bandwidth, bandwidth);
    }
  });

  test("that only read are no stack", () => {
    assert.equal(
      refusal({ "read.yaml": files["read.yaml"] }),
      "All model servers here only prefill; that is not simulated alone.",
    );
  });
});

describe("what bounds and ends a scenario", () => {
  test("the longest request of vLLM is that of the exact tier", () => {
    assert.equal(variantOf({ "chat.yaml": server })?.maxLength?.value, 32_768);
  });

  test("a ResourceQuota is as good as a limit of GPUs, and the least of all counts", () => {
    const quota = (hard: string) =>
      `apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: gpus}\nspec:\n  hard: {${hard}}\n`;
    const limit = (hard: string) =>
      scenarioIn({ "chat.yaml": server, "quota.yaml": quota(hard) }).scenario.pools[0]?.gpuLimit;
    assert.deepEqual(limit('requests.nvidia.com/gpu: "6"'), { value: 6, origin: "quota.yaml:5" });
    assert.equal(limit('pods: "2", requests.nvidia.com/gpu: "6"')?.value, 4);
    assert.equal(limit('requests.cpu: "6"'), undefined);
  });

  test("experts over data parallel ranks are not called too large", () => {
    const wide = server
      .replace(
        "Qwen/Qwen3-32B, --tensor-parallel-size=2",
        "deepseek-ai/DeepSeek-V3, --tensor-parallel-size=1, --data-parallel-size=16, --enable-expert-parallel",
      )
      .replace('nvidia.com/gpu: "2"', 'nvidia.com/gpu: "1"');
    assert.equal(
      refusal({ "chat.yaml": wide }),
      'Deployment "chat", container "vllm": its experts are spread over data parallel ranks, and what that leaves for the cache is not worked out here.',
    );
  });

  test("CPU is a gap with a reason, and has no value", () => {
    const cpu = hpa.replace(
      /- type: External[\s\S]*averageValue: "5"}\n/,
      "- type: Resource\n      resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}\n",
    );
    const { scenario, gaps } = scenarioIn({ "chat.yaml": server, "hpa.yaml": cpu });
    assert.equal(scenario.signals[0]?.missing?.value, "how much CPU or memory a model server uses is not simulated");
    assert.ok(gaps.some(({ what }) => what === "signal cpu"));
  });
});

describe("WVA's other settings in a scenario", () => {
  const variant = `apiVersion: llmd.ai/v1alpha1
kind: VariantAutoscaling
metadata: {name: chat}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: chat}, modelID: Qwen/Qwen3-32B}
`;
  const zero = `apiVersion: v1
kind: ConfigMap
metadata: {name: wva-model-scale-to-zero-config}
data:
  chat: |
    model_id: Qwen/Qwen3-32B
    enable_scale_to_zero: true
    retention_period: 5m
`;

  test("the retention before zero is that of the model's entry", () => {
    const { scenario } = scenarioIn({ "chat.yaml": server, "va.yaml": variant, "zero.yaml": zero });
    assert.deepEqual(scenario.wva?.zero, { scaleToZero: true, retention: { value: 300, origin: "zero.yaml:6" } });
  });

  test("0.9 finds its variants by annotations on the autoscaler, with its bounds", () => {
    const managed = hpa
      .replace(
        "{name: chat}\nspec",
        '{name: chat, annotations: {llm-d.ai/managed: "true", llm-d.ai/model-id: Qwen/Qwen3-32B, llm-d.ai/variant-cost: "40"}}\nspec',
      )
      .replace('"vllm:num_requests_waiting"', "wva_desired_replicas, selector: {matchLabels: {variant_name: chat}}");
    const { scenario, gaps } = scenarioIn({ "chat.yaml": server, "hpa.yaml": managed });
    assert.equal(scenario.wva?.profile, "main");
    assert.deepEqual(scenario.wva?.variants, [
      {
        name: "chat",
        cost: { value: 40, origin: "hpa.yaml:3" },
        accelerator: "H100-SXM",
        minReplicas: { value: 1, origin: "hpa.yaml:6" },
        maxReplicas: { value: 4, origin: "hpa.yaml:7" },
      },
    ]);
    assert.deepEqual(scenario.signals[0]?.measure, { of: "desired-replicas", variant: "chat" });
    assert.ok(gaps.some(({ what, why }) => what === "version of WVA" && why.includes("0.9")));
  });
});

describe("KEDA's cron triggers in a scenario", () => {
  const cron = (zone: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: chat}
spec:
  scaleTargetRef: {name: chat}
  minReplicaCount: 1
  maxReplicaCount: 6
  triggers:
    - type: cron
      metadata: {timezone: ${zone}, start: 0 8 * * *, end: 0 18 * * *, desiredReplicas: "4"}
`;
  const read = (zone: string, duration = 600) =>
    scenarioIn({ "chat.yaml": server, "keda.yaml": cron(zone) }, { duration });

  test("are read in their own time zone, from a Monday on", () => {
    const { scenario } = read("America/New_York");
    const [scaler] = scenario.autoscalers;
    assert.ok(scaler?.kind === "keda");
    assert.equal(new Date((scenario.startsAt ?? 0) * 1000).toISOString(), "2026-06-01T00:00:00.000Z");
    assert.deepEqual(scaler.zones?.get("America/New_York")?.offsets, [
      { from: Number.NEGATIVE_INFINITY, seconds: -14_400 },
    ]);
  });

  test("keep the change of clocks to the minute", () => {
    const { scenario } = read("Europe/Berlin", 180 * 86_400);
    const [scaler] = scenario.autoscalers;
    assert.ok(scaler?.kind === "keda");
    const [summer, winter] = scaler.zones?.get("Europe/Berlin")?.offsets ?? [];
    assert.deepEqual([summer?.seconds, winter?.seconds], [7200, 3600]);
    assert.equal(new Date((winter?.from ?? 0) * 1000).toISOString(), "2026-10-25T01:00:00.000Z");
  });

  test("of a zone that nobody knows are a gap", () => {
    assert.ok(read("Mars/Olympus").gaps.some(({ what }) => what === 'ScaledObject "chat": time zone Mars/Olympus'));
  });
});
