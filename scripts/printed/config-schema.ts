import { environments } from "../../server/config/environment.ts";
import type { gpuKeys } from "../../server/config/own-hardware.ts";
import { products, ruleSeverities } from "../../server/config/settings.ts";
import { weightQuantizations } from "../../server/engine/capacity/weights.ts";
import type { Rule } from "../../server/rules/rule.ts";

const seconds = {
  description: "Time from creating a pod to its first answer: `240s`, `4m` or plain seconds.",
  anyOf: [
    { type: "number", minimum: 0 },
    { type: "string", pattern: "^(?:[0-9.]+(?:h|m|s|ms))+$|^[0-9]+$" },
  ],
  examples: ["240s", "4m"],
};

const positive = (description: string, example: number) => ({
  description,
  type: "number",
  exclusiveMinimum: 0,
  examples: [example],
});

const ownGpu = {
  type: "object",
  additionalProperties: false,
  dependentRequired: { price: ["priceDate"] },
  properties: {
    names: {
      description: "Other names, as node labels have them: the value of `nvidia.com/gpu.product`, an instance type.",
      type: "array",
      items: { type: "string" },
    },
    memoryGb: positive("What it is sold with, in 10^9 bytes.", 80),
    memoryGib: positive("What the driver shows, in 2^30 bytes: outranks memoryGb.", 79.19),
    bandwidthTbPerSecond: positive("Memory bandwidth in TB/s.", 3.35),
    bf16Tflops: positive("Dense bf16 operations, 10^12 a second.", 989),
    fp8Tflops: positive("The same for fp8; leave it out where the GPU has none.", 1979),
    price: positive("Dollars for one GPU and hour.", 4.1),
    priceDate: {
      description: "The day that the price is from.",
      type: "string",
      pattern: "^\\d{4}-\\d{2}(?:-\\d{2})?$",
      examples: ["2026-11-09"],
    },
    seller: { description: "Whose price it is.", type: "string" },
  },
} satisfies { properties: Record<(typeof gpuKeys)[number], object> } & Record<string, unknown>;

const ownModel = {
  anyOf: [
    { description: "The path of its config.json, relative to this file.", type: "string", minLength: 1 },
    {
      description: "Fields named as in a config.json.",
      type: "object",
      properties: {
        config: { description: "The path of its config.json, relative to this file.", type: "string", minLength: 1 },
        parameters: positive("All parameters. A config.json does not say how many a model has.", 8.03e9),
        quantization: { description: "How the weights are stored.", enum: weightQuantizations },
      },
    },
  ],
};

const examplesOfVersions: Record<string, string> = {
  kubernetes: "1.34",
  keda: "2.18",
  wva: "0.5.1",
  vllm: "0.21",
  lmcache: "0.4",
  router: "0.10",
};

/** The JSON Schema of headroom.config.yaml, for completion, hover and validation in any editor. */
export function configSchema(rules: readonly Rule[]): string {
  const severities = {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.map(({ id, title, severity }) => [id, { description: `${title} (${severity})`, enum: ruleSeverities }]),
    ),
  };
  const globs = { type: "array", items: { type: "string" } };
  return `${JSON.stringify(
    {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "Headroom configuration",
      description:
        "What Headroom cannot read from the manifests. The nearest headroom.config.yaml upwards from a file counts.",
      type: "object",
      additionalProperties: false,
      properties: {
        versions: {
          description:
            "What runs. Without it Headroom goes by image tags and apiVersions, else by the newest version it knows.",
          type: "object",
          additionalProperties: false,
          properties: Object.fromEntries(
            products.map((product) => [
              product,
              {
                description: `Version of ${product}${product === "router" ? ": llm-d's router, or a release of the Gateway API Inference Extension, such as gie-1.3" : ""}.`,
                type: ["string", "number"],
                examples: [examplesOfVersions[product]],
              },
            ]),
          ),
        },
        environments: {
          description:
            "Which files belong to which environment: glob to environment, first match wins. Without a match, words in the path decide, else production.",
          type: "object",
          additionalProperties: { enum: environments },
        },
        podStartup: {
          description: "How long a pod takes to start: one time span, or a map of globs.",
          anyOf: [seconds, { type: "object", additionalProperties: seconds }],
        },
        rules: { description: "Severity of rules: error, warning, info or off.", ...severities },
        overrides: {
          description: "Other severities for some files. The last match wins.",
          type: "array",
          items: {
            type: "object",
            additionalProperties: false,
            required: ["files", "rules"],
            properties: { files: { anyOf: [{ type: "string" }, globs] }, rules: severities },
          },
        },
        ignore: { description: "Files to leave alone.", ...globs },
        gpus: {
          description:
            "GPUs by name: one that Headroom knows (H100-SXM, L40S, …) with your price, or one of your own with its memory.",
          type: "object",
          additionalProperties: ownGpu,
        },
        models: {
          description:
            "Models by the name that stands behind `vllm serve`: the path of a config.json, or fields named as in one.",
          type: "object",
          additionalProperties: ownModel,
        },
      },
    },
    null,
    2,
  )}\n`;
}
