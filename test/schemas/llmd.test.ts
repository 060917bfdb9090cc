import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import type { EppPlugins } from "../../scripts/printed/epp-data.ts";
import { eppSchema } from "../../scripts/printed/epp-schema.ts";
import { checks, type Row, readSchema } from "./support/schema.ts";

const epp = (text: string, apiVersion = "llm-d.ai/v1alpha1") =>
  `apiVersion: ${apiVersion}\nkind: EndpointPickerConfig\n${text}`;
const plugin = (type: string, parameters?: string) =>
  epp(`plugins: [{type: ${type}${parameters === undefined ? "" : `, parameters: ${parameters}`}}]`);
const flowControl = (text: string) => epp(`flowControl: ${text}`);
const unregistered = "/plugins/0/type enum";
const parameters = "/plugins/0/parameters";

checks("endpoint-picker-config", [
  ["the least", epp("")],
  [
    "plugins, a profile, and detectors",
    epp(`featureGates: [flowControl, haPopulateNonLeaderDatastore=false]
plugins:
- type: prefix-cache-scorer
- name: gpu
  type: approx-prefix-cache-producer
  parameters: {autoTune: true, maxPrefixTokensToMatch: 131072}
- type: utilization-detector
  parameters: {queueDepthThreshold: 5, kvCacheUtilThreshold: 0.8, metricsStalenessThreshold: 1m30s}
- type: queue-scorer
  parameters:
- type: max-score-picker
schedulingProfiles:
- name: default
  plugins:
  - {pluginRef: prefix-cache-scorer, weight: 2.5}
  - pluginRef: max-score-picker
flowControl:
  maxBytes: 4Gi
  maxRequests: 0
  defaultRequestTTL: 300s
  priorityBands: [{priority: -1, maxBytes: 512M, orderingPolicyRef: edf-ordering-policy}]
  saturationDetector: {pluginRef: utilization-detector}
dataLayer:
  sources: [{pluginRef: metrics-data-source, extractors: [{pluginRef: core-metrics-extractor}]}]
requestHandler: {parsers: [{pluginRef: openai-parser}]}
`),
  ],
  [
    "prefill and decode",
    epp(`plugins:
- type: disagg-profile-handler
  parameters: {stageOrder: decode-first, profiles: {decode: decode}, deciders: {prefill: prefix-based-pd-decider}}
- {type: prefix-based-pd-decider, parameters: {nonCachedTokens: 16}}
schedulingProfiles: [{name: prefill}, {name: decode, plugins: []}]
`),
  ],
  ["lists with nothing in them", epp("plugins:\nschedulingProfiles:\n")],
  ["a metadata that nobody reads", epp("metadata: {name: x}")],
  ["the group of before", epp("plugins: []", "inference.networking.x-k8s.io/v1alpha1")],
  ["thresholds inline, as GIE 1.2 to 1.4 had them", epp("saturationDetector: {queueDepthThreshold: 5}")],
  ["old keys, which are known", epp("data: {sources: []}\nparser: {pluginRef: p}\nsaturationDetector: {pluginRef: d}")],
  [
    "the newest form",
    epp(
      "dataLayer: {discovery: {endpoints: {pluginRef: a}, peers: {pluginRef: b}}, crossReplica: {syncInterval: 1s}}",
      "llm-d.ai/v1",
    ),
  ],
  [
    "keys that the newest form has moved",
    epp(
      `saturationDetector: {pluginRef: d}
dataLayer: {peerDiscovery: {pluginRef: p}, discovery: {pluginRef: f}}
`,
      "llm-d.ai/v1",
    ),
    "/saturationDetector not",
    "/dataLayer/peerDiscovery not",
    "/dataLayer/discovery/pluginRef not",
  ],
  ["a group that there is not", epp("", "llmd.ai/v1alpha1"), "/apiVersion enum"],
  ["no kind", "apiVersion: llm-d.ai/v1alpha1", "/ required kind"],
  ["an unknown key", epp("scorers: []"), "/ additionalProperties scorers"],
  ["a wrong type", epp("plugins: {}"), "/plugins type"],
  ["a gate that there is not", epp("featureGates: [flowcontrol]"), "/featureGates/0 enum"],
  ["a gate that is neither on nor off", epp("featureGates: [flowControl=yes]"), "/featureGates/0 enum"],
  ["a plugin without a type", epp("plugins: [{name: x}]"), "/plugins/0 required type"],
  ["a type that there is not, once", plugin("prefix-aware"), unregistered],
  ["the same with parameters", plugin("prefix-aware", "{hashBlockSize: 5}"), unregistered],
  [
    "an unknown key beside the type",
    epp("plugins: [{type: queue-scorer, weight: 1}]"),
    "/plugins/0 additionalProperties weight",
  ],
  ["a profile without a name", epp("schedulingProfiles: [{plugins: []}]"), "/schedulingProfiles/0 required name"],
  [
    "an entry of a profile without a plugin",
    epp("schedulingProfiles: [{name: p, plugins: [{weight: heavy}]}]"),
    "/schedulingProfiles/0/plugins/0 required pluginRef",
    "/schedulingProfiles/0/plugins/0/weight type",
  ],
  [
    "a band without a priority",
    flowControl("{priorityBands: [{maxBytes: 1G}]}"),
    "/flowControl/priorityBands/0 required priority",
  ],
  ["a time without a unit", flowControl("{defaultRequestTTL: 60}"), "/flowControl/defaultRequestTTL type"],
  ["a time in days", flowControl("{defaultRequestTTL: 1d}"), "/flowControl/defaultRequestTTL pattern"],
  ["a negative amount", flowControl("{maxRequests: -1}"), "/flowControl/maxRequests minimum"],
  ["a negative amount in words", flowControl('{maxBytes: "-1Gi"}'), "/flowControl/maxBytes pattern"],
  ["a source without a plugin", epp("dataLayer: {sources: [{}]}"), "/dataLayer/sources/0 required pluginRef"],
]);

checks("endpoint-picker-config", [
  [
    "an unknown parameter",
    plugin("prefix-cache-scorer", "{hashBlocksize: 5}"),
    `${parameters} additionalProperties hashBlocksize`,
  ],
  ["one that earlier versions had", plugin("prefix-cache-scorer", "{hashBlockSize: 5}")],
  [
    "a parameter of a type that reads none",
    plugin("queue-scorer", "{threshold: 5}"),
    `${parameters} additionalProperties threshold`,
  ],
  [
    "a percentage for a fraction",
    plugin("utilization-detector", "{kvCacheUtilThreshold: 80}"),
    `${parameters}/kvCacheUtilThreshold maximum`,
  ],
  [
    "nothing for a limit",
    plugin("utilization-detector", "{queueDepthThreshold: 0}"),
    `${parameters}/queueDepthThreshold exclusiveMinimum`,
  ],
  [
    "a time of a number",
    plugin("utilization-detector", "{metricsStalenessThreshold: 200}"),
    `${parameters}/metricsStalenessThreshold type`,
  ],
  ["nanoseconds as text", plugin("predicted-latency-producer", "{contextTTL: 5m}"), `${parameters}/contextTTL type`],
  [
    "a mode that there is not",
    plugin("concurrency-detector", "{concurrencyMode: bytes}"),
    `${parameters}/concurrencyMode enum`,
  ],
  ["no parameters where one is needed", plugin("file-discovery"), "/plugins/0 required parameters"],
  ["not the one that is needed", plugin("file-discovery", "{watchFile: true}"), `${parameters} required path`],
  ["neither of two", plugin("session-id-producer", "{}"), `${parameters} minProperties`],
  ["both of two", plugin("session-id-producer", "{headerName: a, cookieName: b}"), `${parameters} maxProperties`],
  [
    "a renderer without a model",
    plugin("token-producer", "{vllm: {url: http://localhost:8000}}"),
    `${parameters} dependentRequired modelName`,
  ],
  [
    "a fraction above one among limits",
    plugin(
      "utilization-filter",
      "{conditions: [{metric: waiting-queue, maxValue: 8}, {metric: kv-cache-utilization, maxValue: 80}]}",
    ),
    `${parameters}/conditions/1/maxValue maximum`,
  ],
  [
    "a ceiling of one",
    plugin("priority-holdback-policy", "{minCeiling: 1}"),
    `${parameters}/minCeiling exclusiveMaximum`,
  ],
  [
    "an operator that there is not",
    plugin("label-selector-filter", "{matchExpressions: [{key: a, operator: Is}]}"),
    `${parameters}/matchExpressions/0/operator enum`,
  ],
  [
    "a block size of nothing",
    plugin("precise-prefix-cache-producer", "{tokenProcessorConfig: {blockSizeTokens: 0}}"),
    `${parameters}/tokenProcessorConfig/blockSizeTokens exclusiveMinimum`,
  ],
]);

describe("plugins of the endpoint picker", () => {
  const data: EppPlugins = JSON.parse(readFileSync("schemas/data/epp-plugins.json", "utf8"));
  const { properties } = readSchema("endpoint-picker-config") as { properties: Record<string, Items> };
  const { items } = properties["plugins"] as Items;

  test("the schema has all 97 types, and a branch for each", () => {
    const types = data.plugins.map(({ type }) => type);
    assert.equal(new Set(types).size, 97);
    assert.deepEqual(items.properties["type"].enum, types);
    assert.deepEqual(
      items.allOf.map((branch) => branch.if.properties.type.const),
      types,
    );
  });

  test("what is retired or deprecated points at what there is", () => {
    const types = new Set(data.plugins.map(({ type }) => type));
    for (const { type } of data.retired) assert.ok(!types.has(type), type);
    const named = [...data.retired, ...data.plugins.flatMap(({ deprecated }) => deprecated ?? [])];
    for (const { replacement } of named) {
      const words = replacement?.replace(/\{.*?\}/g, "").split(/ [+/] /) ?? [];
      for (const word of words) assert.ok(types.has(word), word);
    }
  });

  test("the schema is what the data prints", () => {
    assert.equal(readFileSync("schemas/endpoint-picker-config.schema.json", "utf8"), eppSchema(data));
  });
});

interface Items {
  readonly items: {
    readonly properties: { readonly type: { readonly enum: readonly string[] } };
    readonly allOf: readonly { readonly if: { readonly properties: { readonly type: { readonly const: string } } } }[];
  };
}

const resource = (apiVersion: string, kind: string) => (spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\nspec: ${spec}\n`;

const pool = resource("inference.networking.k8s.io/v1", "InferencePool");
const rest = "selector: {matchLabels: {app: vllm}}, targetPorts: [{number: 8000}]";
const picker = (ref: string) => pool(`{${rest}, endpointPickerRef: ${ref}}`);

checks("inference-pool", [
  ["a clean pool", picker("{name: epp, port: {number: 9002}, failureMode: FailOpen}")],
  ["a pool without a picker, as GIE 1.5 takes it", pool(`{${rest}, appProtocol: kubernetes.io/h2c}`)],
  ["a picker that is no Service", picker("{name: epp, kind: Picker, group: example.org}")],
  [
    "a port for each rank",
    pool("{selector: {matchLabels: {app: vllm}}, targetPorts: [{number: 8000}, {number: 8001}]}"),
  ],
  ["no spec", "apiVersion: inference.networking.k8s.io/v1\nkind: InferencePool\n", "/ required spec"],
  ["no ports", pool("{selector: {matchLabels: {app: vllm}}}"), "/spec required targetPorts"],
  ["an unknown key", pool(`{${rest}, targetPort: 8000}`), "/spec additionalProperties targetPort"],
  [
    "a flat selector",
    pool("{selector: {app: vllm}, targetPorts: [{number: 8000}]}"),
    "/spec/selector required matchLabels",
    "/spec/selector additionalProperties app",
  ],
  [
    "expressions",
    pool("{selector: {matchLabels: {app: vllm}, matchExpressions: []}, targetPorts: [{number: 8000}]}"),
    "/spec/selector additionalProperties matchExpressions",
  ],
  [
    "no label",
    pool("{selector: {matchLabels: {}}, targetPorts: [{number: 8000}]}"),
    "/spec/selector/matchLabels minProperties",
  ],
  [
    "a label that is a number",
    pool("{selector: {matchLabels: {app: 1}}, targetPorts: [{number: 8000}]}"),
    "/spec/selector/matchLabels/app type",
  ],
  [
    "a port twice",
    pool("{selector: {matchLabels: {app: vllm}}, targetPorts: [{number: 8000}, {number: 8000}]}"),
    "/spec/targetPorts uniqueItems",
  ],
  [
    "a port that there is not",
    pool("{selector: {matchLabels: {app: vllm}}, targetPorts: [{number: 70000}]}"),
    "/spec/targetPorts/0/number maximum",
  ],
  ["a wrong type", pool("{selector: {matchLabels: {app: vllm}}, targetPorts: 8000}"), "/spec/targetPorts type"],
  [
    "a mode that upstream's own page names",
    picker("{name: epp, port: {number: 9002}, failureMode: FailClosed}"),
    "/spec/endpointPickerRef/failureMode enum",
  ],
  ["a Service without a port", picker("{name: epp}"), "/spec/endpointPickerRef required port"],
  ["a picker without a name", picker("{port: {number: 9002}}"), "/spec/endpointPickerRef required name"],
  ["the keys of v1alpha2, which are known", pool(`{${rest}, targetPortNumber: 8000, extensionRef: {name: epp}}`)],
]);

const oldPool = resource("inference.networking.x-k8s.io/v1alpha2", "InferencePool");
const oldPools: readonly Row[] = [
  ["a clean pool", oldPool("{selector: {app: vllm}, targetPortNumber: 8000, extensionRef: {name: epp}}")],
  [
    "the selector of v1",
    oldPool("{selector: {matchLabels: {app: vllm}}, targetPortNumber: 8000}"),
    "/spec/selector/matchLabels type",
  ],
  [
    "the ports of v1",
    oldPool("{selector: {app: vllm}, targetPorts: []}"),
    "/spec required targetPortNumber",
    "/spec additionalProperties targetPorts",
  ],
  ["a wrong type", oldPool('{selector: {app: vllm}, targetPortNumber: "8000"}'), "/spec/targetPortNumber type"],
  [
    "a mode that there is not",
    oldPool("{selector: {app: vllm}, targetPortNumber: 8000, extensionRef: {name: e, failureMode: Fail}}"),
    "/spec/extensionRef/failureMode enum",
  ],
];

// The common checks ask for names without digits.
describe("inference-pool-v1alpha2.schema.json", () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  for (const keyword of [
    "x-unknown",
    "x-versions",
    "x-open",
    "x-deprecated-since",
    "enumDescriptions",
    "deprecationMessage",
    "patternErrorMessage",
  ])
    ajv.addKeyword(keyword);
  const schema = readSchema("inference-pool-v1alpha2");
  const validate = ajv.compile(schema);
  for (const [title, text, ...problems] of oldPools) {
    test(title, () => {
      validate(parse(text));
      const found = validate.errors ?? [];
      assert.deepEqual(
        found.map(({ instancePath, keyword, params }) =>
          [instancePath, keyword, params["missingProperty"] ?? params["additionalProperty"] ?? []].flat().join(" "),
        ),
        problems,
      );
    });
  }

  test("every property is described, and its default and examples are valid", () => {
    for (const [name, property] of propertiesIn(schema as Property)) {
      assert.match(property.description ?? "", /\.$/, name);
      for (const value of [property.default ?? [], property.examples ?? []].flat())
        assert.ok(ajv.validate(property, value), name);
    }
  });
});

interface Property {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Property>>;
}

function propertiesIn({ properties = {} }: Property): [name: string, property: Property][] {
  return Object.entries(properties).flatMap(([name, property]) => [[name, property], ...propertiesIn(property)]);
}

const objective = resource("llm-d.ai/v1alpha2", "InferenceObjective");
checks("inference-objective", [
  ["a clean objective", objective("{poolRef: {name: qwen}, priority: -1}")],
  [
    "in the group of before",
    resource("inference.networking.x-k8s.io/v1alpha2", "InferenceObjective")("{poolRef: {name: qwen}}"),
  ],
  ["several pools, in the newest form", resource("llm-d.ai/v1", "InferenceObjective")("{poolRefs: [{name: qwen}]}")],
  ["no pool", objective("{priority: 1}"), "/spec required poolRef"],
  ["a pool without a name", objective("{poolRef: {}}"), "/spec/poolRef required name"],
  ["a priority in words", objective("{poolRef: {name: qwen}, priority: high}"), "/spec/priority type"],
  [
    "a key of InferenceModel",
    objective("{poolRef: {name: qwen}, criticality: Critical}"),
    "/spec additionalProperties criticality",
  ],
  [
    "a version that there is not",
    resource("llm-d.ai/v1alpha1", "InferenceObjective")("{poolRef: {name: qwen}}"),
    "/apiVersion enum",
  ],
]);

const model = resource("inference.networking.x-k8s.io/v1alpha2", "InferenceModel");
checks("inference-model", [
  [
    "a clean model",
    model(
      "{modelName: chat, criticality: Critical, poolRef: {name: qwen}, targetModels: [{name: a, weight: 9}, {name: b, weight: 1}]}",
    ),
  ],
  ["targets without weights", model("{modelName: chat, poolRef: {name: qwen}, targetModels: [{name: a}, {name: b}]}")],
  [
    "weights on some targets only",
    model("{modelName: chat, poolRef: {name: qwen}, targetModels: [{name: a, weight: 9}, {name: b}]}"),
    "/spec/targetModels/1 required weight",
  ],
  [
    "a criticality that there is not",
    model("{modelName: chat, poolRef: {name: qwen}, criticality: High}"),
    "/spec/criticality enum",
  ],
  ["no name", model("{poolRef: {name: qwen}}"), "/spec required modelName"],
  ["a wrong type", model("{modelName: [chat], poolRef: {name: qwen}}"), "/spec/modelName type"],
  [
    "an unknown key",
    model("{modelName: chat, poolRef: {name: qwen}, priority: 1}"),
    "/spec additionalProperties priority",
  ],
]);

const rewrite = resource("llm-d.ai/v1alpha2", "InferenceModelRewrite");
const target = (text: string) => rewrite(`{poolRef: {name: qwen}, rules: [{targets: [${text}]}]}`);
checks("inference-model-rewrite", [
  [
    "a clean rewrite",
    rewrite(
      "{poolRef: {name: qwen}, rules: [{matches: [{model: {type: Exact, value: chat}}], targets: [{modelRewrite: a, weight: 9}, {modelRewrite: b, weight: 1}]}]}",
    ),
  ],
  ["weights on some targets only, which the picker takes", target("{modelRewrite: a, weight: 9}, {modelRewrite: b}")],
  ["no rules", rewrite("{poolRef: {name: qwen}}"), "/spec required rules"],
  ["no target", target(""), "/spec/rules/0/targets minItems"],
  ["a target without a name", target("{weight: 1}"), "/spec/rules/0/targets/0 required modelRewrite"],
  ["no weight at all", target("{modelRewrite: a, weight: 0}"), "/spec/rules/0/targets/0/weight minimum"],
  [
    "a comparison that there is not",
    rewrite("{poolRef: {name: qwen}, rules: [{matches: [{model: {type: Prefix, value: c}}]}]}"),
    "/spec/rules/0/matches/0/model/type enum",
  ],
  ["a wrong type", rewrite("{poolRef: qwen, rules: []}"), "/spec/poolRef type"],
  ["an unknown key", target("{modelRewrite: a, name: b}"), "/spec/rules/0/targets/0 additionalProperties name"],
]);

checks("modelservice-values", [
  [
    "clean values",
    `modelArtifacts:
  uri: hf://Qwen/Qwen3-32B
  name: Qwen/Qwen3-32B
  size: 80Gi
  labels: {llm-d.ai/model: qwen3-32b}
routing: {servicePort: 8000, proxy: {targetPort: 8200, connector: nixlv2, zapLogLevel: 4}}
decode:
  replicas: 2
  parallelism: {tensor: 4, data: null}
  containers:
  - {name: vllm, image: "vllm/vllm-openai:v0.11.0", modelCommand: vllmServe, args: ["--enable-prefix-caching"], mountModelVolume: true}
  monitoring: {podmonitor: {enabled: true}}
prefill: {create: false}
tracing: {enabled: true, sampling: {samplerArg: "0.1"}}
`,
  ],
  ["an address that is filled in later", 'modelArtifacts: {uri: "{{ .Values.model }}"}'],
  ["a further key where the chart takes any", "decode: {dnsPolicy: None}\nanything: 1"],
  [
    "what older charts made, which is known",
    "routing: {inferencePool: {create: true}, httpRoute: {create: true}, epp: {create: true}, parentRefs: [{name: gateway}]}",
  ],
  ["a key that the chart refuses", "modelArtifacts: {url: hf://a/b}", "/modelArtifacts additionalProperties url"],
  ["one more of them", "decode: {parallelism: {pipeline: 2}}", "/decode/parallelism additionalProperties pipeline"],
  ["a wrong type", 'decode: {replicas: "2"}', "/decode/replicas type"],
  ["a number among arguments", "decode: {containers: [{image: i, args: [8000]}]}", "/decode/containers/0/args/0 type"],
  [
    "a command that there is not",
    "prefill: {containers: [{image: i, modelCommand: vllm}]}",
    "/prefill/containers/0/modelCommand enum",
  ],
  ["a container without an image", "decode: {containers: [{name: vllm}]}", "/decode/containers/0 required image"],
  ["a model from nowhere", "modelArtifacts: {uri: Qwen/Qwen3-32B}", "/modelArtifacts/uri pattern"],
]);

checks("router-values", [
  [
    "clean values",
    `router:
  modelServers: {matchLabels: {llm-d.ai/model: qwen3-32b}, targetPorts: [{number: 8000}], type: vllm}
  inferencePool: {create: true, failureMode: FailClose}
  inferenceObjectives: [{name: high, priority: 5}]
  epp:
    replicas: 2
    flags: {v: 2, allow-experimental-plugins: true}
    pluginsConfigFile: custom.yaml
    pluginsCustomConfig:
      custom.yaml: |
        kind: EndpointPickerConfig
  monitoring: {prometheus: {enabled: true}}
provider: {name: istio}
httpRoute: {create: true}
`,
  ],
  [
    "the keys that fail the install, which are known",
    "router: {epp: {}}\ninferenceExtension: {}\nexperimentalHttpRoute: {}",
  ],
  ["an unknown key", "router: {modelServers: {labels: {}}}", "/router/modelServers additionalProperties labels"],
  [
    "a configuration that is no text",
    "router: {epp: {pluginsCustomConfig: {a.yaml: {kind: x}}}}",
    "/router/epp/pluginsCustomConfig/a.yaml type",
  ],
  [
    "a mode that upstream's own page names",
    "router: {inferencePool: {failureMode: FailClosed}}",
    "/router/inferencePool/failureMode enum",
  ],
  [
    "a port without a number",
    "router: {modelServers: {targetPorts: [{}]}}",
    "/router/modelServers/targetPorts/0 required number",
  ],
  [
    "a port that is no number",
    "router: {modelServers: {targetPorts: [{number: http}]}}",
    "/router/modelServers/targetPorts/0/number type",
  ],
  ["no label", "router: {modelServers: {matchLabels: {}}}", "/router/modelServers/matchLabels minProperties"],
]);

checks("gie-values", [
  [
    "clean values",
    `inferenceExtension:
  replicas: 1
  image: {name: llm-d-inference-scheduler, hub: ghcr.io/llm-d, tag: v0.5.0}
  pluginsConfigFile: custom.yaml
  pluginsCustomConfig: {custom.yaml: "kind: EndpointPickerConfig"}
  flags: {v: 1}
inferencePool: {targetPorts: [{number: 8000}], modelServers: {matchLabels: {app: vllm}}}
provider: {name: none}
`,
  ],
  ["flags as a list, as GIE 1.0 wants them", "inferenceExtension: {flags: [{name: v, value: 3}]}"],
  ["flags as one text", "inferenceExtension: {flags: --v=3}", "/inferenceExtension/flags type"],
  [
    "an unknown key",
    "inferenceExtension: {image: {registry: r}}",
    "/inferenceExtension/image additionalProperties registry",
  ],
  ["a gateway that there is not", "provider: {name: kgateway}", "/provider/name enum"],
  ["an objective without a name", "inferenceObjectives: [{priority: 1}]", "/inferenceObjectives/0 required name"],
]);

const stack = (text: string) =>
  `servingEngineSpec: {modelSpec: [{name: a, repository: r, tag: t, modelURL: m, ${text}}]}`;
const spec = "/servingEngineSpec/modelSpec/0";
checks("production-stack-values", [
  [
    "clean values",
    `servingEngineSpec:
  runtimeClassName: nvidia
  modelSpec:
  - name: qwen3
    repository: lmcache/vllm-openai
    tag: v0.3.9
    modelURL: Qwen/Qwen3-8B
    replicaCount: 1
    requestCPU: 6
    requestMemory: 32Gi
    requestGPU: 1
    vllmConfig: {enablePrefixCaching: true, maxModelLen: 16384, gpuMemoryUtilization: "0.9", extraArgs: ["--seed", 1]}
    lmcacheConfig: {enabled: true, cpuOffloadingBufferSize: "20"}
    hf_token: {secretName: hf, secretKey: token}
routerSpec: {routingLogic: session, sessionKey: x-user-id}
`,
  ],
  ["resources in place of requests", stack("replicaCount: 1, resources: {requests: {cpu: 1}}")],
  ["no number of pods where KEDA decides", stack("requestCPU: 1, requestMemory: 1Gi, keda: {enabled: true}")],
  [
    "triggers as a list and as a mapping",
    stack("requestCPU: 1, requestMemory: 1Gi, keda: {enabled: true, triggers: []}"),
  ],
  ["no requests", stack("replicaCount: 1"), `${spec} required requestCPU`, `${spec} required requestMemory`],
  ["no number of pods", stack("requestCPU: 1, requestMemory: 1Gi"), `${spec} required replicaCount`],
  [
    "an image without a tag",
    "servingEngineSpec: {modelSpec: [{name: a, repository: r, modelURL: m, replicaCount: 1, resources: {}}]}",
    `${spec} required tag`,
  ],
  ["a wrong type", stack("replicaCount: two, resources: {}"), `${spec}/replicaCount type`],
  [
    "a percentage for a fraction",
    stack("replicaCount: 1, resources: {}, vllmConfig: {gpuMemoryUtilization: 90}"),
    `${spec}/vllmConfig/gpuMemoryUtilization maximum`,
  ],
  ["a routing that there is not", "routerSpec: {routingLogic: random}", "/routerSpec/routingLogic enum"],
  [
    "an unknown key of a secret",
    stack("replicaCount: 1, resources: {}, hf_token: {name: hf}"),
    `${spec}/hf_token additionalProperties name`,
  ],
]);
