import type { EppPlugin, EppPlugins, FeatureGate } from "./epp-data.ts";
import { dataLayer, movedInV1 } from "./epp-data-layer.ts";
import { flowControl } from "./epp-flow-control.ts";
import { closed, deprecation, described, duration, lifetime, pluginBranch, type Schema } from "./epp-parameters.ts";

/** The JSON Schema of EndpointPickerConfig, for all its apiVersions. */
export function eppSchema(data: EppPlugins): string {
  return `${JSON.stringify(schemaOf(data), null, 2)}\n`;
}

const schemaOf = (data: EppPlugins): Schema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "headroom:endpoint-picker-config",
  $comment: `Printed by npm run generate. Plugins: ${data.source}.`,
  title: "EndpointPickerConfig",
  description:
    "What the endpoint picker (EPP) of llm-d and of the Gateway API Inference Extension chooses pods by. Read once, at start: a change needs a restart, and a mistake keeps the picker from starting.",
  type: "object",
  required: ["apiVersion", "kind"],
  properties: {
    apiVersion: {
      description: "Version of the file format. Router 0.9 and 0.10 read llm-d.ai/v1alpha1.",
      type: "string",
      enum: ["llm-d.ai/v1alpha1", "llm-d.ai/v1", "inference.networking.x-k8s.io/v1alpha1"],
      enumDescriptions: [
        "Router 0.9 and newer.",
        "Routers newer than 0.10; older ones refuse it.",
        "GIE 0.5 to 1.5 and router up to 0.8; newer routers read it and log a deprecation.",
      ],
    },
    kind: { description: "Always EndpointPickerConfig.", const: "EndpointPickerConfig" },
    metadata: { description: "Read past: the file is no Kubernetes object." },
    featureGates: {
      description: "Switches for what is off or on by default, as name or name=true or name=false.",
      type: "array",
      items: gatesOf(data.featureGates),
      ...lifetime({ since: "0.4" }),
    },
    plugins: {
      description:
        "The plugins and their parameters; profiles and other parts refer to them by name. Without this list there is a default set. Up to router 0.9 a disagg-profile-handler must stand after its deciders.",
      type: ["array", "null"],
      items: pluginSchema(data.plugins),
    },
    schedulingProfiles,
    requestHandler,
    flowControl,
    dataLayer,
    saturationDetector,
    parser,
    data: {
      description: "Old name of dataLayer, in GIE 1.3 and 1.4.",
      type: "object",
      deprecated: true,
      deprecationMessage: "Renamed in GIE 1.5 and router 0.8: write dataLayer.",
      "x-renamed-to": "dataLayer",
      ...lifetime({ since: "0.5", until: "0.7" }),
    },
  },
  ...closed,
  allOf: movedInV1,
});

function pluginSchema(plugins: readonly EppPlugin[]): Schema {
  return {
    type: "object",
    required: ["type"],
    properties: {
      type: {
        description: "What the plugin is. An unknown type keeps the picker from starting.",
        type: "string",
        enum: plugins.map(({ type }) => type),
        enumDescriptions: plugins.map(tell),
      },
      name: {
        description:
          "Name that others refer to it by; its type if left out. Two plugins of one name, or two of one type without names, stop the start.",
        type: "string",
        examples: ["gpu-prefix-scorer"],
      },
      parameters: {
        description: "Parameters of the type. Since router 0.9 an unknown one stops the start; before, it is ignored.",
        type: ["object", "null"],
      },
    },
    ...closed,
    allOf: plugins.map(pluginBranch),
  };
}

/** Roles that are named after the moment they act at. */
const phases = new Set(["pre-request", "request-header", "response"]);

function tell({ summary, roles, stability, deprecated }: EppPlugin): string {
  const role = roles.map((one) => `${one.replaceAll("-", " ")}${phases.has(one) ? " plugin" : ""}`).join(" and ");
  const alpha = stability === "alpha" ? " Experimental: router 0.10 wants --allow-experimental-plugins." : "";
  const old = deprecated === undefined ? "" : ` ${deprecation(deprecated)}`;
  const article = /^[aeo]/.test(role) ? "An" : "A";
  return `${summary} ${article} ${role}.${alpha}${old}`;
}

function gatesOf(gates: readonly FeatureGate[]): Schema {
  const values = gates.flatMap((gate) => {
    const state = gate.default === undefined ? "" : ` ${gate.default ? "On" : "Off"} by default.`;
    return [
      [gate.name, `${gate.description}${state}`],
      [`${gate.name}=true`, `Switches ${gate.name} on.`],
      [`${gate.name}=false`, `Switches ${gate.name} off.`],
    ];
  });
  return { type: "string", enum: values.map(([value]) => value), enumDescriptions: values.map(([, text]) => text) };
}

const schedulingProfiles: Schema = {
  description:
    "Which plugins choose a pod, by filters, then scorers, then a picker. Without profiles one takes all filters, scorers and the picker of the file at weight 1. More than one needs a profile handler other than single-profile-handler.",
  type: ["array", "null"],
  items: {
    type: "object",
    required: ["name"],
    properties: {
      name: {
        description:
          "Name of the profile, unique in the file. disagg-profile-handler expects decode, prefill and encode.",
        type: "string",
        minLength: 1,
        examples: ["default", "decode", "prefill"],
      },
      plugins: {
        description: "Filters, scorers and at most one picker. Without a picker it is max-score-picker.",
        type: ["array", "null"],
        items: {
          type: "object",
          required: ["pluginRef"],
          properties: {
            pluginRef: {
              description: "Name of a plugin in `plugins`. Only filters, scorers and pickers have an effect here.",
              type: "string",
              minLength: 1,
            },
            weight: {
              ...described(
                "How much a scorer counts against others; filters and pickers do not look at it. A whole number up to GIE 1.3.",
                1,
              ),
              type: "number",
              examples: [2, 0.5],
            },
          },
          ...closed,
        },
      },
    },
    ...closed,
  },
};

const requestHandler: Schema = {
  description: "How requests are read before a pod is chosen.",
  type: "object",
  properties: {
    parsers: {
      description:
        "Parsers that are tried on a request. Without them: openai-parser, anthropic-parser, vllmhttp-parser and passthrough-parser.",
      type: "array",
      items: {
        type: "object",
        required: ["pluginRef"],
        properties: {
          pluginRef: { description: "Name of a parser in `plugins`.", type: "string", examples: ["openai-parser"] },
        },
        ...closed,
      },
    },
    propagatePriority: {
      description: "Passes a request's priority on to the model server.",
      type: "boolean",
      ...lifetime({ since: "0.11" }),
    },
  },
  ...closed,
  ...lifetime({ since: "0.9" }),
};

const inline = (description: string, value: unknown, type: Schema): Schema => ({
  ...described(description, value),
  ...type,
  deprecated: true,
  deprecationMessage: "Since router 0.8 it is a parameter of a plugin of type utilization-detector.",
  ...lifetime({ since: "0.4", until: "0.7" }),
});

const saturationDetector: Schema = {
  description: "Old place of flowControl.saturationDetector; up to router 0.7 with the thresholds in it.",
  type: "object",
  properties: {
    pluginRef: {
      description: "Name of a detector in `plugins`.",
      type: "string",
      ...lifetime({ since: "0.8" }),
    },
    queueDepthThreshold: inline("Waiting requests at which a pod is saturated.", 5, {
      type: "integer",
      exclusiveMinimum: 0,
    }),
    kvCacheUtilThreshold: inline("KV cache in use at which a pod is saturated, as a fraction.", 0.8, {
      type: "number",
      exclusiveMinimum: 0,
      maximum: 1,
    }),
    metricsStalenessThreshold: inline("Age from which a pod's metrics no longer count.", "200ms", duration),
  },
  ...closed,
  deprecated: true,
  deprecationMessage: "Deprecated since router 0.9: write flowControl.saturationDetector.pluginRef.",
  "x-deprecated-since": { product: "router", since: "0.9" },
  ...lifetime({ since: "0.4" }),
};

const parser: Schema = {
  description: "Old place of the first entry of requestHandler.parsers.",
  type: "object",
  properties: { pluginRef: { description: "Name of a parser in `plugins`.", type: "string" } },
  ...closed,
  deprecated: true,
  deprecationMessage: "Deprecated since router 0.9: write it as the first of requestHandler.parsers.",
  "x-deprecated-since": { product: "router", since: "0.9" },
  ...lifetime({ since: "0.8" }),
};
