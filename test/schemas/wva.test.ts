import { checks } from "./support/schema.ts";

const variant = (spec: string, more = "") =>
  `apiVersion: llmd.ai/v1alpha1\nkind: VariantAutoscaling\nmetadata: {name: llama}\nspec: ${spec}\n${more}`;
const target = "scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}, modelID: meta/llama";

checks("variant-autoscaling", [
  ["a clean variant of 0.5", variant(`{${target}, variantCost: "40.00"}`)],
  ["a clean variant of 0.6", variant(`{${target}, minReplicas: 0, maxReplicas: 10}`)],
  [
    "a clean variant of 0.4",
    variant(
      `{modelID: m, variantCost: "10", modelProfile: {accelerators: [{acc: A100, accCount: 1, perfParms: {decodeParms: {alpha: "20.58", beta: "0.41"}, prefillParms: {gamma: "5.2", delta: "0.1"}}, maxBatchSize: 4}]}}`,
    ),
  ],
  [
    "a clean variant of 0.0",
    variant(
      "{modelID: m, sloClassRef: {name: service-classes-config, key: premium.yaml}, modelProfile: {accelerators: [{acc: A100, accCount: 1}]}}",
    ),
  ],
  [
    "labels and status",
    variant(`{${target}}`, "status: {desiredOptimizedAlloc: {numReplicas: 2}}\n").replace(
      "{name: llama}",
      "{name: llama, labels: {inference.optimization/acceleratorName: H100, team: a}}",
    ),
  ],
  ["a cost without quotes", variant(`{${target}, variantCost: 40.0}`), "/spec/variantCost type"],
  ["a cost with a currency", variant(`{${target}, variantCost: "$5"}`), "/spec/variantCost pattern"],
  [
    "a threshold, which stands elsewhere",
    variant(`{${target}, saturationThreshold: 0.8}`),
    "/spec additionalProperties saturationThreshold",
  ],
  ["a misspelt key", variant(`{${target}, modelId: m}`), "/spec additionalProperties modelId"],
  ["no target", variant("{modelID: m}"), "/spec required scaleTargetRef"],
  ["no model", variant("{scaleTargetRef: {kind: Deployment, name: llama}}"), "/spec required modelID"],
  [
    "a target without a name",
    variant("{modelID: m, scaleTargetRef: {kind: Deployment}}"),
    "/spec/scaleTargetRef required name",
  ],
  [
    "a model without a name",
    variant('{modelID: "", scaleTargetRef: {kind: Deployment, name: x}}'),
    "/spec/modelID minLength",
  ],
  ["no pods at most", variant(`{${target}, maxReplicas: 0}`), "/spec/maxReplicas minimum"],
  ["a version that there is not", variant(`{${target}}`).replace("v1alpha1", "v1"), "/apiVersion const"],
]);

checks("wva-saturation-entry", [
  ["a clean entry", "kvCacheThreshold: 0.80\nqueueLengthThreshold: 5\nkvSpareTrigger: 0.1\nqueueSpareTrigger: 3\n"],
  ["a clean override", "model_id: meta/llama\nnamespace: production\nkvCacheThreshold: 1\n"],
  ["the token analyzer of 0.5", "analyzerName: saturation\nscaleUpThreshold: 0.85\nscaleDownBoundary: 0.7\n"],
  [
    "a clean entry of the newest version",
    `priority: 2
enableRescale: true
scaleToZero: {enabled: true}
analyzers:
  - {name: saturation, score: 1.0}
  - {type: throughput, enabled: false, parameters: {whatever: 1}}
limiters:
  - {type: gpu-inventory}
  - {type: quota, name: gpus, scope: cluster, quotas: {H100: 16, A100: -1}}
  - {type: quota, name: teams, scope: namespace, namespaceQuotas: {default: {H100: 4}}, exclude: [kube-system]}
  - {type: namespace-inventory, selectors: {team-a: {matchLabels: {pool: a}}}}
`,
  ],
  ["a misspelt key", "kvCacheTreshold: 0.8", "/ additionalProperties kvCacheTreshold"],
  ["a number in quotes", 'kvCacheThreshold: "0.8"', "/kvCacheThreshold type"],
  ["percent instead of a part", "kvCacheThreshold: 80", "/kvCacheThreshold maximum"],
  ["less than nothing", "queueSpareTrigger: -1", "/queueSpareTrigger minimum"],
  ["an analyzer that there is not", "analyzerName: saturaton", "/analyzerName enum"],
  ["a boundary of nothing", "scaleDownBoundary: 0", "/scaleDownBoundary exclusiveMinimum"],
  [
    "an analyzer without a name",
    "analyzers: [{score: 1}]",
    "/analyzers/0 required type",
    "/analyzers/0 required name",
    "/analyzers/0 anyOf",
  ],
  ["a limit without a type", "limiters: [{name: gpus}]", "/limiters/0 required type"],
  ["a limit that there is not", "limiters: [{type: budget}]", "/limiters/0/type enum"],
  ["a quota over nothing", "limiters: [{type: quota, name: gpus}]", "/limiters/0 required scope"],
  [
    "a quota below unlimited",
    "limiters: [{type: quota, name: gpus, scope: cluster, quotas: {H100: -2}}]",
    "/limiters/0/quotas/H100 minimum",
  ],
]);

checks("wva-scale-to-zero-entry", [
  ["a clean entry", "enable_scale_to_zero: true\nretention_period: 15m\n"],
  [
    "a clean override",
    "model_id: meta/llama\nnamespace: production\nenable_scale_to_zero: false\nretention_period: 1h30m\n",
  ],
  ["a misspelt key", "enable_scale_to_zer: true", "/ additionalProperties enable_scale_to_zer"],
  ["a truth in quotes", 'enable_scale_to_zero: "true"', "/enable_scale_to_zero type"],
  ["a time without a unit", "retention_period: 600", "/retention_period type"],
  ["a time without a unit, in quotes", 'retention_period: "600"', "/retention_period pattern"],
  ["a time in days", "retention_period: 1d", "/retention_period pattern"],
]);

checks("wva-queueing-entry", [
  ["a clean entry", "sloMultiplier: 3.0\ntuningEnabled: true\n"],
  [
    "a clean override",
    "model_id: meta/llama\nnamespace: production\ntargetTTFT: 500.0\ntargetITL: 50\nsloMultiplier: 0\n",
  ],
  ["an unknown key", "targetTTFTs: 500", "/ additionalProperties targetTTFTs"],
  ["a wrong type", "targetTTFT: 500ms\ntargetITL: 50", "/targetTTFT type"],
  ["a multiplier that leaves no load", "sloMultiplier: 1", "/sloMultiplier exclusiveMinimum"],
  ["one latency of two", "targetTTFT: 500", "/ dependentRequired targetITL"],
  ["a model of no namespace", "model_id: m", "/ dependentRequired namespace"],
]);

checks("wva-service-class", [
  ["a clean class", "name: Premium\npriority: 1\ndata:\n  - {model: default/default, slo-tpot: 24, slo-ttft: 500}\n"],
  [
    "an unknown key",
    "name: P\npriority: 1\ndata: [{model: m, slo-tpot: 1, slo-ttft: 1, slo-itl: 1}]",
    "/data/0 additionalProperties slo-itl",
  ],
  ["a wrong type", "name: P\npriority: high\ndata: []", "/priority type"],
  ["a rank that there is not", "name: P\npriority: 0\ndata: []", "/priority minimum"],
  ["a promise left out", "name: P\npriority: 1\ndata: [{model: m, slo-tpot: 1}]", "/data/0 required slo-ttft"],
]);

checks("wva-accelerator-cost", [
  ["a clean entry", '{"device": "NVIDIA-A100-PCIE-80GB", "cost": "40.00"}'],
  ["an unknown key", '{"device": "d", "cost": "1", "memory": "80"}', "/ additionalProperties memory"],
  ["a cost without quotes", '{"device": "d", "cost": 40}', "/cost type"],
  ["a cost that is no number", '{"device": "d", "cost": "$40"}', "/cost pattern"],
  ["no device", '{"cost": "1"}', "/ required device"],
]);

checks("wva-manager-data", [
  [
    "clean settings",
    `PROMETHEUS_BASE_URL: https://prometheus.monitoring.svc:9090
PROMETHEUS_TLS_INSECURE_SKIP_VERIFY: "false"
GLOBAL_OPT_INTERVAL: 60s
WVA_SCALE_TO_ZERO: "True"
LEADER_ELECT: "true"
`,
  ],
  ["the chart's one file", "config.yaml: |\n  PROMETHEUS_BASE_URL: https://p:9090\n"],
  ["an unknown key", "PROMETHEUS_URL: https://p:9090", "/ additionalProperties PROMETHEUS_URL"],
  ["a truth without quotes", "WVA_LIMITED_MODE: true", "/WVA_LIMITED_MODE type"],
  ["a truth that is none", 'METRICS_SECURE: "yes"', "/METRICS_SECURE pattern"],
  ["a time without a unit", 'GLOBAL_OPT_INTERVAL: "120"', "/GLOBAL_OPT_INTERVAL pattern"],
  ["Prometheus without TLS", "PROMETHEUS_BASE_URL: http://prometheus:9090", "/PROMETHEUS_BASE_URL pattern"],
  [
    "an optimiser that there is not",
    'EXPERIMENTAL_HYBRID_OPTIMIZATION: "maybe"',
    "/EXPERIMENTAL_HYBRID_OPTIMIZATION enum",
  ],
]);

checks("wva-values", [
  [
    "clean values",
    `controller: {enabled: true}
wva:
  image: {repository: ghcr.io/llm-d/llm-d-workload-variant-autoscaler, tag: v0.5.1}
  prometheus:
    baseURL: https://prometheus.monitoring.svc:9090
    tls: {insecureSkipVerify: false, caCertPath: /etc/ssl/certs/ca.crt}
  capacityScaling:
    default: {kvCacheThreshold: 0.8, queueLengthThreshold: 5, kvSpareTrigger: 0.1, queueSpareTrigger: 3}
    overrides:
      llama: {modelID: meta/llama, namespace: prod, kvCacheThreshold: 0.7}
llmd: {namespace: llm-d, modelName: ms-llama, modelID: meta/llama}
va: {accelerator: H100, variantCost: "40.0"}
hpa:
  minReplicas: 1
  maxReplicas: 8
  targetAverageValue: "1"
  behavior:
    scaleUp: {stabilizationWindowSeconds: 240, selectPolicy: Max, policies: [{type: Pods, value: 10, periodSeconds: 150}]}
vllmService: {port: 8200, targetPort: http}
`,
  ],
  [
    "keys of other versions, which are known",
    "wva: {replicaCount: 2}\nva: {maxBatchSize: 256}\nllmd: {scaleTargetKind: LeaderWorkerSet}\n",
  ],
  ["a guide's address of Prometheus", "prometheus: {url: https://p:9090}"],
  ["an unknown key", "wva: {prometheus: {url: https://p:9090}}", "/wva/prometheus additionalProperties url"],
  ["an unknown group", "autoscaler: {}", "/ additionalProperties autoscaler"],
  ["a wrong type", "hpa: {maxReplicas: many}", "/hpa/maxReplicas type"],
  ["a switch in quotes", 'va: {enabled: "false"}', "/va/enabled type"],
  [
    "a value that there is not",
    "hpa: {behavior: {scaleUp: {selectPolicy: Fast}}}",
    "/hpa/behavior/scaleUp/selectPolicy enum",
  ],
  [
    "a policy left unfinished",
    "hpa: {behavior: {scaleDown: {policies: [{type: Pods, value: 1}]}}}",
    "/hpa/behavior/scaleDown/policies/0 required periodSeconds",
  ],
]);
