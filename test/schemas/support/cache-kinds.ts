import { type KindCase, missing, never, type, unknown, value } from "./slips.ts";

const inConfigMap = (name: string, key: string, text: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata:\n  ${key}: |\n${text.replace(/^(?=.)/gm, "    ")}`;

const operator = (kind: string, spec: string) =>
  `apiVersion: lmcache.lmcache.ai/v1alpha1\nkind: ${kind}\nmetadata: {name: cache}\nspec:\n${spec.replace(/^(?=.)/gm, "  ")}`;

/** LMCache and WVA. */
export const cacheKinds: readonly KindCase[] = [
  {
    kind: "lmcache-config",
    clean: inConfigMap(
      "lmcache",
      "lmcache.yaml",
      "chunk_size: 256\nlocal_cpu: true\nmax_local_cpu_size: 20\nremote_serde: naive\nextra_config: {enable_nixl_storage: true, nixl_backend: POSIX, nixl_pool_size: 4, nixl_path: /a}\n",
    ),
    unknown: unknown("max_local_cpu_size", "max_local_cpu_sizes", "max_local_cpu_sizes"),
    type: type("max_local_cpu_size: 20", "max_local_cpu_size: [20]", "[20]"),
    value: value("remote_serde: naive", "remote_serde: zstd", "zstd"),
    missing: missing("nixl_pool_size: 4, ", "", "extra_config"),
  },
  {
    kind: "lmcache-nested",
    clean:
      "storage:\n  cpu: {enabled: true, buffer_size: 150Gi, eviction_policy: lru}\n  disk: {enabled: true, path: /a}\n",
    unknown: never("no version of LMCache reads this form, so one key more changes nothing"),
    type: type("buffer_size: 150Gi", "buffer_size: [150]", "[150]"),
    value: never("nobody reads it"),
    missing: never("without storage it is not this form"),
  },
  {
    kind: "lmcache-engine",
    clean: operator("LMCacheEngine", "l1: {sizeGB: 60}\nserver: {port: 6555, chunkSize: 256}\nlogLevel: INFO\n"),
    unknown: unknown("chunkSize", "chunksize", "chunksize"),
    type: type("sizeGB: 60", 'sizeGB: "60"', '"60"'),
    value: value("logLevel: INFO", "logLevel: info", "info"),
    missing: missing("{sizeGB: 60}", "{}", "l1"),
  },
  {
    kind: "cache-blend-engine",
    clean: operator(
      "CacheBlendEngine",
      "l1: {sizeGB: 60}\nblend: {checkLayer: 1}\ninjection: {payloadImage: {repository: r}, cudagraph: eager}\n",
    ),
    unknown: unknown("checkLayer", "checkLayers", "checkLayers"),
    type: type("checkLayer: 1", "checkLayer: one", "one"),
    value: value("cudagraph: eager", "cudagraph: full", "full"),
    missing: missing("{repository: r}", "{tag: latest}", "payloadImage"),
  },
  {
    kind: "lmcache-coordinator",
    clean: operator("LMCacheCoordinator", "replicas: 1\nport: 9300\nlogLevel: INFO\n"),
    unknown: unknown("port: 9300", "ports: 9300", "ports"),
    type: type("replicas: 1", "replicas: one", "one"),
    value: value("logLevel: INFO", "logLevel: TRACE", "TRACE"),
    missing: never("every setting has a default, and an object without a spec is taken for a part of one"),
  },
  {
    kind: "variant-autoscaling",
    clean:
      'apiVersion: llmd.ai/v1alpha1\nkind: VariantAutoscaling\nmetadata: {name: llama}\nspec:\n  scaleTargetRef: {kind: Deployment, name: llama}\n  modelID: meta/llama\n  variantCost: "40.0"\n',
    unknown: unknown("variantCost", "variantCosts", "variantCosts"),
    type: type('"40.0"', "40.0", "40.0"),
    value: value('"40.0"', '"$40"', '"$40"'),
    missing: missing("kind: Deployment, ", "", "scaleTargetRef"),
  },
  {
    kind: "wva-saturation-entry",
    clean: inConfigMap(
      "wva-saturation-scaling-config",
      "default",
      "kvCacheThreshold: 0.8\nqueueLengthThreshold: 5\nkvSpareTrigger: 0.1\nqueueSpareTrigger: 3\nanalyzerName: saturation\nscaleUpThreshold: 0.85\nscaleDownBoundary: 0.7\nlimiters: [{type: gpu-inventory}]\n",
    ),
    unknown: unknown("queueLengthThreshold", "queueLengthTreshold", "queueLengthTreshold"),
    type: type("kvCacheThreshold: 0.8", 'kvCacheThreshold: "0.8"', '"0.8"'),
    value: value("analyzerName: saturation", "analyzerName: saturaton", "saturaton"),
    missing: missing("[{type: gpu-inventory}]", "[{name: gpus}]", "name"),
  },
  {
    kind: "wva-scale-to-zero-entry",
    clean: inConfigMap(
      "wva-model-scale-to-zero-config",
      "default",
      "enable_scale_to_zero: true\nretention_period: 15m\n",
    ),
    unknown: unknown("retention_period", "retention_periods", "retention_periods"),
    type: type("enable_scale_to_zero: true", 'enable_scale_to_zero: "true"', '"true"'),
    value: value("15m", "1d", "1d"),
    missing: never("every key has a default"),
  },
  {
    kind: "wva-queueing-entry",
    clean: inConfigMap(
      "wva-queueing-model-config",
      "llama",
      "model_id: meta/llama\nnamespace: prod\ntargetTTFT: 500\ntargetITL: 50\nsloMultiplier: 3\n",
    ),
    unknown: unknown("sloMultiplier", "sloMultipliers", "sloMultipliers"),
    type: type("targetTTFT: 500", "targetTTFT: 500ms", "500ms"),
    value: value("sloMultiplier: 3", "sloMultiplier: 1", "1"),
    missing: missing("    namespace: prod\n", "", "model_id"),
  },
  {
    kind: "wva-service-class",
    clean: inConfigMap(
      "service-classes-config",
      "premium.yaml",
      "name: Premium\npriority: 1\ndata:\n  - {model: default/default, slo-tpot: 24, slo-ttft: 500}\n",
    ),
    unknown: unknown("slo-tpot: 24", "slo-tpot: 24, slo-itl: 1", "slo-itl"),
    type: type("priority: 1", "priority: high", "high"),
    value: value("priority: 1", "priority: 0", "0"),
    missing: missing(", slo-ttft: 500", "", "model"),
  },
  {
    kind: "wva-accelerator-cost",
    clean: inConfigMap("accelerator-unit-costs", "A100", '{\n"device": "A100",\n"cost": "40.00"}\n'),
    unknown: unknown('"cost"', '"memory": "80",\n    "cost"', '"memory"'),
    type: type('"40.00"', "40.00", "40.00"),
    value: value('"40.00"', '"$40"', '"$40"'),
    missing: missing('"device": "A100",\n', "", '"cost"'),
  },
  {
    kind: "wva-manager-config",
    clean:
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: wva-variantautoscaling-config}\ndata:\n  PROMETHEUS_BASE_URL: https://p:9090\n  GLOBAL_OPT_INTERVAL: 60s\n  WVA_LIMITED_MODE: "false"\n',
    unknown: unknown("PROMETHEUS_BASE_URL", "PROMETHEUS_URL", "PROMETHEUS_URL"),
    type: type('"false"', "false", "false"),
    value: value("60s", '"120"', '"120"'),
    missing: never("the environment of the manager may hold what the ConfigMap does not"),
  },
  {
    kind: "wva-manager-file",
    clean: inConfigMap(
      "llama-variantautoscaling-config",
      "config.yaml",
      "PROMETHEUS_BASE_URL: https://p:9090\nGLOBAL_OPT_INTERVAL: 60s\nWVA_LIMITED_MODE: false\n",
    ),
    unknown: unknown("WVA_LIMITED_MODE", "WVA_LIMITED_MODES", "WVA_LIMITED_MODES"),
    type: type("https://p:9090", "[a]", "[a]"),
    value: value("https://p", "http://p", "http://p:9090"),
    missing: never("the environment of the manager may hold what the file does not"),
  },
  {
    kind: "wva-values",
    clean:
      'wva:\n  image: {tag: v0.5.1}\n  prometheus: {baseURL: "https://p:9090"}\nva: {enabled: true}\nhpa:\n  maxReplicas: 8\n  behavior: {scaleUp: {selectPolicy: Max, policies: [{type: Pods, value: 2, periodSeconds: 60}]}}\n',
    unknown: unknown("baseURL", "url", "url"),
    type: type("maxReplicas: 8", "maxReplicas: many", "many"),
    value: value("selectPolicy: Max", "selectPolicy: Fast", "Fast"),
    missing: missing(", periodSeconds: 60", "", "type"),
  },
  {
    kind: "kv-transfer-config",
    clean:
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  selector: {matchLabels: {app: a}}\n  template:\n    metadata: {labels: {app: a}}\n    spec:\n      containers:\n        - name: vllm\n          image: vllm/vllm-openai:v0.21.0\n          args: [a, --kv-transfer-config, \'{"kv_connector": "NixlConnector", "kv_role": "kv_both", "kv_port": 1}\']\n',
    unknown: unknown("kv_port", "kv_prot", '"kv_prot"'),
    type: type('"kv_port": 1', '"kv_port": "1"', '"1"'),
    value: value("kv_both", "kv_all", '"kv_all"'),
    missing: missing('"kv_role": "kv_both", ', "", '"kv_connector"'),
  },
];
