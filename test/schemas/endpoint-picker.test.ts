import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { EppPlugins } from "../../scripts/printed/epp-data.ts";
import { eppSchema } from "../../scripts/printed/epp-schema.ts";
import { checks, readSchema } from "./support/schema.ts";

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
