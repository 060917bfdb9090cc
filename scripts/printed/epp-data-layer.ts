import { closed, described, duration, lifetime, type Schema } from "./epp-parameters.ts";

const ref = (description: string, ...examples: string[]): Schema => ({
  description,
  type: "string",
  ...(examples.length > 0 ? { examples } : {}),
});

const holder = (description: string, pluginRef: Schema): Schema => ({
  description,
  type: "object",
  required: ["pluginRef"],
  properties: { pluginRef },
  ...closed,
});

const next = lifetime({ since: "0.11" });
const since10 = lifetime({ since: "0.10" });

/** Where the picker's knowledge of the pods comes from. */
export const dataLayer: Schema = {
  description: "Where the picker's knowledge of the pods comes from.",
  type: "object",
  properties: {
    injectDefaults: {
      ...described(
        "Adds metrics-data-source and core-metrics-extractor. Switched off without a replacement, queues and KV cache are unknown.",
        true,
      ),
      type: "boolean",
      ...lifetime({ since: "0.9" }),
    },
    sources: {
      description: "Data sources and the extractors that read them.",
      type: "array",
      items: {
        type: "object",
        required: ["pluginRef"],
        properties: {
          pluginRef: ref("Name of a data source in `plugins`.", "metrics-data-source"),
          extractors: {
            description: "Extractors of this source.",
            type: "array",
            items: {
              type: "object",
              required: ["pluginRef"],
              properties: { pluginRef: ref("Name of an extractor in `plugins`.", "core-metrics-extractor") },
              ...closed,
            },
          },
        },
        ...closed,
      },
    },
    discovery: {
      description: "Where the pods come from, if not from an InferencePool.",
      type: "object",
      properties: {
        pluginRef: ref("Name of a discovery plugin in `plugins`, such as file-discovery.", "file-discovery"),
        endpoints: { ...holder("Where the pods come from.", ref("Name of a discovery plugin in `plugins`.")), ...next },
        peers: {
          ...holder(
            "Where the other replicas of the picker come from.",
            ref("Name of a discovery plugin in `plugins`."),
          ),
          ...next,
        },
      },
      ...closed,
      ...lifetime({ since: "0.9" }),
    },
    peerDiscovery: {
      ...holder(
        "Where the other replicas of the picker come from, in llm-d.ai/v1alpha1 of routers newer than 0.10.",
        ref("Name of a discovery plugin in `plugins`."),
      ),
      ...next,
    },
    crossReplicaSyncerPluginRef: {
      ...ref("Name of the plugin that shares counts between replicas of the picker."),
      ...since10,
    },
    crossReplicaSyncInterval: { description: "Time between two exchanges between replicas.", ...duration, ...since10 },
    crossReplicaPublishTimeout: { description: "Longest time an exchange may take.", ...duration, ...since10 },
    crossReplica: {
      description: "How replicas of the picker share counts.",
      type: "object",
      properties: {
        syncerPluginRef: ref("Name of the plugin that does it."),
        syncInterval: { description: "Time between two exchanges.", ...duration },
        publishTimeout: { description: "Longest time an exchange may take.", ...duration },
      },
      ...closed,
      ...next,
    },
  },
  ...closed,
  ...lifetime({ since: "0.8" }),
};

const gone = (successor: string): Schema => ({
  description: "Not in llm-d.ai/v1.",
  not: {},
  deprecated: true,
  deprecationMessage: `llm-d.ai/v1 has no such key: write ${successor}.`,
});

/** Keys that llm-d.ai/v1 does not have, below a path of keys that hold mappings. */
function movedBelow(path: readonly string[], properties: Schema): Schema {
  const version = { apiVersion: { const: "llm-d.ai/v1" } };
  const found = within(path, { type: "object" }) as { properties?: Schema };
  return {
    if: { properties: { ...version, ...found.properties }, required: ["apiVersion", ...path.slice(0, 1)] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: within(path, { properties }),
  };
}

/** A schema for what stands at a path of keys. */
function within([key, ...path]: readonly string[], schema: Schema): Schema {
  if (key === undefined) return schema;
  const inner = { description: "Where the picker's knowledge of the pods comes from.", ...within(path, schema) };
  return {
    properties: { [key]: { type: "object", ...inner, ...(path[0] === undefined ? {} : { required: [path[0]] }) } },
  };
}

/** What llm-d.ai/v1 has moved. */
export const movedInV1: readonly Schema[] = [
  movedBelow([], {
    saturationDetector: gone("flowControl.saturationDetector"),
    parser: gone("requestHandler.parsers"),
  }),
  movedBelow(["dataLayer"], {
    peerDiscovery: gone("discovery.peers"),
    crossReplicaSyncerPluginRef: gone("crossReplica.syncerPluginRef"),
    crossReplicaSyncInterval: gone("crossReplica.syncInterval"),
    crossReplicaPublishTimeout: gone("crossReplica.publishTimeout"),
  }),
  movedBelow(["dataLayer", "discovery"], { pluginRef: gone("endpoints.pluginRef") }),
];
