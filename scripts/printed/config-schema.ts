import { environments } from "../../server/config/environment.ts";
import { products, ruleSeverities } from "../../server/config/settings.ts";
import type { Rule } from "../../server/rules/rule.ts";

const seconds = {
  description: "Time from creating a pod to its first answer: `240s`, `4m` or plain seconds.",
  anyOf: [
    { type: "number", minimum: 0 },
    { type: "string", pattern: "^(?:[0-9.]+(?:h|m|s|ms))+$|^[0-9]+$" },
  ],
  examples: ["240s", "4m"],
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
        gpus: { description: "Your own GPUs and prices.", type: "object" },
        models: { description: "Your own models.", type: "object" },
      },
    },
    null,
    2,
  )}\n`;
}
