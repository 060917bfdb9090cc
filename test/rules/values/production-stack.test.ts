import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, lint } from "../../support/lint.ts";
import { messagesBy, saidBy } from "./said.ts";

const model = (more: string, memory = "requestMemory: 64Gi") => `servingEngineSpec:
  modelSpec:
    - name: qwen3
      repository: lmcache/vllm-openai
      tag: v0.4.3
      modelURL: Qwen/Qwen3-8B
      replicaCount: 1
      requestCPU: 8
      ${memory}
      ${more}
`;
const lmcache = (keys: string, more = "requestGPU: 1") => model(`${more}\n      lmcacheConfig: {enabled: true${keys}}`);

describe("enablePD", () => {
  const rule = "values/pd-key";
  const table: [title: string, text: string, expected: string[]][] = [
    ["is absent", lmcache(""), []],
    ["says false", lmcache(", enablePD: false"), ["error false"]],
    ["says true", lmcache(", enablePD: true, kvRole: kv_producer, nixlRole: sender"), []],
    ["is filled in later", lmcache(', enablePD: "${PD}"'), []],
    ["stands where LMCache is off", model("lmcacheConfig: {enabled: false, enablePD: false}"), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));

  test("is told with what the chart makes of it", () => {
    assert.deepEqual(messagesBy(rule, lmcache(", enablePD: false, nixlRole: receiver")), [
      'vLLM production stack values: modelSpec "qwen3" has enablePD: false, but the chart asks only whether the key is there, and starts vLLM as receiver of disaggregated prefill. Delete the key.',
    ]);
  });

  test("goes with the safe fix", () => {
    const files = { "values.yaml": lmcache(", enablePD: false") };
    const [finding] = lint(files).filter(({ rule: id }) => id === rule);
    assert.deepEqual(applyEdits(files, finding?.fixes[0]?.edits ?? []), { "values.yaml": lmcache("") });
  });
});

describe("the sides of disaggregated prefill", () => {
  const rule = "values/pd-roles";
  const pd = (keys: string) => lmcache(`, enablePD: true${keys}`);
  const table: [title: string, text: string, expected: string[]][] = [
    ["a sender that produces", pd(", kvRole: kv_producer, nixlRole: sender"), []],
    ["a receiver that consumes", pd(", kvRole: kv_consumer, nixlRole: receiver"), []],
    ["a sender that consumes", pd(", kvRole: kv_consumer, nixlRole: sender"), ["error sender"]],
    ["a receiver that produces", pd(", kvRole: kv_producer, nixlRole: receiver"), ["error receiver"]],
    ["no nixlRole", pd(", kvRole: kv_producer"), ["error enablePD"]],
    ["no kvRole", pd(", nixlRole: sender"), ["error enablePD"]],
    ["a role filled in later", pd(', kvRole: "${ROLE}", nixlRole: sender'), []],
    ["both roles, as one may try", pd(", kvRole: kv_both, nixlRole: sender"), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));
});

describe("the size of the cache", () => {
  const rule = "values/cache-size";
  const cpu = (size: string) => lmcache(`, cpuOffloadingBufferSize: ${size}`);
  const disk = (size: string, env = "") => lmcache(`, diskOffloadingBufferSize: ${size}`, `requestGPU: 1${env}`);
  const env = (name: string) => `\n      env: [{name: ${name}, value: /cache}]`;
  const table: [title: string, text: string, expected: string[]][] = [
    ["a number", cpu("20"), []],
    ["a number as text", cpu('"20"'), []],
    ["a whole number with a point", cpu('"20.0"'), []],
    ["none", cpu('"0"'), []],
    ["with a unit", cpu('"20Gi"'), ['error "20Gi"']],
    ["a part of one", cpu("0.5"), ["error 0.5"]],
    ["text with a part", cpu('"20.5"'), ['error "20.5"']],
    ["filled in later", cpu('"${SIZE}"'), []],
    ["where LMCache is off", model('lmcacheConfig: {enabled: false, cpuOffloadingBufferSize: "20Gi"}'), []],
    ["of a disk without a directory", disk('"100"'), ['warning "100"']],
    ["of a disk with one", disk('"100"', env("LMCACHE_LOCAL_DISK")), []],
    ["of a disk, with other variables", disk('"100"', env("HF_HOME")), ['warning "100"']],
    ["of a disk with a unit", disk('"1Ti"', env("LMCACHE_LOCAL_DISK")), ['error "1Ti"']],
    ["of no disk", disk('"0"'), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));

  for (const [written, size] of [
    ['"20Gi"', '"20"'],
    ['"1Ti"', '"1024"'],
    ["0.5", "1"],
  ] as const) {
    test(`${written} is mended to ${size}`, () => {
      const files = { "values.yaml": cpu(written) };
      const [finding] = lint(files).filter(({ rule: id }) => id === rule);
      assert.deepEqual(applyEdits(files, finding?.fixes[0]?.edits ?? []), { "values.yaml": cpu(size) });
    });
  }
});

describe("memory beside the cache", () => {
  const rule = "values/cache-memory";
  const sized = (memory: string, tensor = 4, size = '"60"') =>
    model(
      `requestGPU: ${tensor}\n      vllmConfig: {tensorParallelSize: ${tensor}}\n      lmcacheConfig: {enabled: true, cpuOffloadingBufferSize: ${size}}`,
      memory,
    );
  const limited = (limit: string) => sized(`requestMemory: 264Gi\n      limitMemory: ${limit}`);
  const table: [title: string, text: string, expected: string[]][] = [
    ["a request of the cache alone", sized("requestMemory: 240Gi"), ["warning 240Gi"]],
    ["a request above it", sized("requestMemory: 241Gi"), []],
    ["a limit of the cache alone", limited("240Gi"), ["error 240Gi"]],
    ["a limit with less than the room", limited("263Gi"), ["warning 263Gi"]],
    ["a limit with the room", limited("264Gi"), []],
    ["one rank", sized("requestMemory: 64Gi", 1), []],
    ["a size that is none", sized("requestMemory: 64Gi", 4, '"60Gi"'), []],
    ["memory filled in later", sized('requestMemory: "${MEMORY}"'), []],
    [
      "ranks in arguments of its own",
      model(
        'requestGPU: 4\n      vllmConfig: {extraArgs: ["--tensor-parallel-size=4"]}\n      lmcacheConfig: {enabled: true, cpuOffloadingBufferSize: "64"}',
      ),
      [],
    ],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));
});

describe("the GPUs of an engine", () => {
  const rule = "values/gpu-count";
  const engine = (keys: string, tensor = "vllmConfig: {tensorParallelSize: 2}") => model(`${tensor}\n      ${keys}`);
  const table: [title: string, text: string, expected: string[]][] = [
    ["as many as ranks", engine("requestGPU: 2"), []],
    ["fewer", engine("requestGPU: 1"), ["error 1"]],
    ["more", engine("requestGPU: 4"), ["warning 4"]],
    ["none", engine("podLabels: {}"), ["warning 2"]],
    [
      "none, but devices of the node",
      model('lmcacheConfig: {enabled: true, cudaVisibleDevices: "0"}').replace("      requestGPU: 1\n", ""),
      ['warning "0"'],
    ],
    ["in resources", engine("resources: {limits: {nvidia.com/gpu: 2}}"), []],
    ["of a Ray cluster", engine("requestGPU: 1\n      raySpec: {enabled: true}"), []],
    ["of no tensor parallel ranks", engine("requestGPU: 2", "vllmConfig: {maxModelLen: 4096}"), []],
    [
      "with further ranks in arguments",
      engine("requestGPU: 4", 'vllmConfig: {tensorParallelSize: 2, extraArgs: ["-pp=2"]}'),
      [],
    ],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));
});

describe("KEDA in the production stack", () => {
  const rule = "values/keda-triggers";
  const keda = (keys: string, more = "requestGPU: 1") => model(`${more}\n      keda: {enabled: true${keys}}`);
  const table: [title: string, text: string, expected: string[]][] = [
    ["a list of triggers", keda(", triggers: [{type: cron}]"), []],
    ["a mapping", keda(", triggers: {type: cron}"), ["error triggers"]],
    ["none", keda(", maxReplicaCount: 4"), ["error keda"]],
    [
      "beside a Ray cluster, even one that is off",
      keda(", triggers: []", "raySpec: {enabled: false}"),
      ["error raySpec"],
    ],
    ["switched off", model("requestGPU: 1\n      keda: {enabled: false}"), []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));
});

describe("settings of the routing", () => {
  const rule = "values/routing-setting";
  const table: [title: string, text: string, expected: string[]][] = [
    ["session with a key", "routerSpec: {routingLogic: session, sessionKey: x-user}\n", []],
    ["session without one", "routerSpec: {routingLogic: session}\n", ["error session"]],
    ["session with an empty one", 'routerSpec: {routingLogic: session, sessionKey: ""}\n', ["error session"]],
    ["kvaware without a port", "routerSpec: {routingLogic: kvaware}\n", ["error kvaware"]],
    ["kvaware with one", "routerSpec: {routingLogic: kvaware, lmcacheControllerPort: 9000}\n", []],
    ["static without lists", "routerSpec: {routingLogic: roundrobin, serviceDiscovery: static}\n", ["error static"]],
    [
      "static with lists",
      'routerSpec: {routingLogic: roundrobin, serviceDiscovery: static, staticBackends: "http://a", staticModels: b}\n',
      [],
    ],
    [
      "an engine that reports to another port",
      `${lmcache(', controllerPort: "9001"')}routerSpec: {routingLogic: kvaware, lmcacheControllerPort: 9000}\n`,
      ['error "9001"'],
    ],
    [
      "an engine that reports to this one",
      `${lmcache(', controllerPort: "9000"')}routerSpec: {routingLogic: kvaware, lmcacheControllerPort: 9000}\n`,
      [],
    ],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));

  test("may stand in another values file", () => {
    const files = {
      "values.yaml": "routerSpec: {routingLogic: session}\n",
      "prod.yaml": "routerSpec: {routingLogic: session, sessionKey: x-user}\n",
    };
    assert.deepEqual(saidBy(rule, files), []);
  });
});

describe("prefix caching", () => {
  const rule = "values/prefix-caching-off";
  const engine = (config: string, logic?: string) =>
    model(`requestGPU: 1\n      vllmConfig: ${config}`) +
    (logic === undefined ? "" : `routerSpec: {routingLogic: ${logic}}\n`);
  const table: [title: string, text: string, expected: string[]][] = [
    ["is on", engine("{enablePrefixCaching: true}", "prefixaware"), []],
    ["is left out", engine("{maxModelLen: 4096}"), ["info vllmConfig"]],
    ["is left out before a router by prefix", engine("{maxModelLen: 4096}", "prefixaware"), ["warning vllmConfig"]],
    ["is off on purpose", engine("{enablePrefixCaching: false}"), []],
    ["is off before a router by prefix", engine("{enablePrefixCaching: false}", "kvaware"), ["warning false"]],
    [
      "is off, and LMCache has the prefixes",
      engine("{enablePrefixCaching: false}", "kvaware").replace(
        "vllmConfig:",
        "lmcacheConfig: {enabled: true}\n      vllmConfig:",
      ),
      [],
    ],
    ["is left out of vLLM's first engine", engine('{v0: "1"}', "roundrobin"), []],
    ["is left out of its second", engine('{v0: "0"}', "roundrobin"), ["info vllmConfig"]],
    ["is an argument of its own", engine('{extraArgs: ["--enable-prefix-caching"]}', "prefixaware"), []],
    ["is nobody's without vllmConfig", `${model("requestGPU: 1")}routerSpec: {routingLogic: prefixaware}\n`, []],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));
});

describe("keys where any may stand", () => {
  const rule = "schema/unknown-key";
  test("are told where they are known ones misspelt", () => {
    assert.deepEqual(saidBy(rule, model("requestGPUs: 1")), ["warning requestGPUs"]);
    assert.deepEqual(saidBy(rule, lmcache(', cpuOffloadingBuferSize: "20"')), ["warning cpuOffloadingBuferSize"]);
    assert.deepEqual(saidBy(rule, model("requestGPU: 1\n      teamName: search")), []);
  });

  test("that the chart no longer reads are deprecated", () => {
    const cacheserver = 'cacheserverSpec: {repository: lmcache/vllm-openai, tag: "latest"}\n';
    assert.deepEqual(saidBy("schema/deprecated-key", lmcache("") + cacheserver), ["warning repository", "warning tag"]);
    assert.deepEqual(saidBy("schema/deprecated-key", model('requestGPU: 1\n      vllmConfig: {v0: "1"}')), [
      "warning v0",
    ]);
  });

  test("that an engine must have are missing", () => {
    const text = model("requestGPU: 1", "tag: v0.4.3").replace(/ {6}tag: v0\.4\.3\n/, "");
    assert.deepEqual(saidBy("schema/missing-key", text), ["error name"]);
  });
});

describe("vLLM's first engine", () => {
  const image = (repository: string, tag: string) =>
    model('requestGPU: 1\n      vllmConfig: {v0: "1", enablePrefixCaching: true}')
      .replace("lmcache/vllm-openai", repository)
      .replace("v0.4.3", tag);
  const rule = "schema/deprecated-key";

  test("is there in images of its time", () => {
    assert.deepEqual(saidBy(rule, image("vllm/vllm-openai", "v0.8.5")), []);
    assert.deepEqual(saidBy(rule, image("vllm/vllm-openai", "v0.11.0")), ["warning v0"]);
    assert.deepEqual(saidBy(rule, image("lmcache/vllm-openai", "v0.4.3")), ["warning v0"]);
    const config = { "headroom.config.yaml": 'versions: {vllm: "0.8"}\n' };
    assert.deepEqual(saidBy(rule, { "values.yaml": image("acme/vllm", "1"), ...config }), []);
  });
});
