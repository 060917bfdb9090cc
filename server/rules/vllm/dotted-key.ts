import { isOpen, type VllmArgument } from "../../kinds/vllm/command-line.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { type SchemaError, validatorModule } from "../../schemas/compiled.ts";
import { spanOfWord } from "../../text/command-words.ts";
import { nearest } from "../../text/spelling.ts";
import { defineRule } from "../rule.ts";
import { fixOf, rewrite } from "./mend.ts";
import { argumentsOf, servingContainers } from "./servers.ts";

const example = (role: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: llama
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - name: vllm
          image: vllm/vllm-openai:v0.19.0
          args:
            - meta-llama/Llama-3.1-8B-Instruct
            - --kv-transfer-config.kv_connector=OffloadingConnector
            - --kv-transfer-config.kv_role=${role}
`;

/** Flags whose JSON has a schema. */
export const dottedSchemas: Readonly<Record<string, string>> = { "--kv-transfer-config": "kv-transfer-config" };

export const vllmDottedKey = defineRule({
  id: "vllm/dotted-key",
  title: "Key or value of a dotted flag that vLLM does not take",
  since: "0.1.0",
  severity: "error",
  fixable: "suggestion",
  refs: ["VLM-06"],
  docs: {
    summary:
      "A flag such as --kv-transfer-config.kv_role writes one key of a JSON flag, and there is no such key, or it takes no such value.",
    why: "vLLM puts the dotted flags together to the JSON that the flag takes, and checks that: a key that is not known, or a value of another type, ends the server before it loads anything.",
    mend: "Write the key or the value that the message names.",
    sources: [
      "https://docs.vllm.ai/en/latest/cli/serve/",
      "https://github.com/vllm-project/vllm/blob/main/vllm/config/kv_transfer.py",
    ],
  },
  examples: { bad: example("both # <-"), good: example("kv_both") },
  messages: {
    key: "{object}: {flag} has no key {key}, and the server never starts. Did you mean {guess}?",
    value: '{object}: {flag} is "{value}", but vLLM takes {allowed}, and the server never starts.',
  },
  reads: [deployment, statefulSet, leaderWorkerSet],
  check({ object, settings, report }) {
    for (const serving of servingContainers(object, settings)) {
      if (serving.release === "newer") continue;
      for (const { argument } of argumentsOf(serving)) {
        const { flag, path, word, length, values } = argument;
        const [value] = values;
        if (flag === undefined || path === undefined || path === "" || isOpen(word.text)) continue;
        const error = errorOf(dottedSchemas[flag.name], path, value === undefined ? undefined : value.text);
        if (error === undefined) continue;
        const name = `${word.text.slice(0, length)}.${path}`;
        const { allowed, limit, comparison, type } = error.params as Params;
        if (error.keyword === "additionalProperties") {
          const guess = error.instancePath === "" ? nearest(path, keysOf(dottedSchemas[flag.name], error)) : undefined;
          if (guess === undefined) continue;
          report({
            at: spanOfWord(word, length + 1, length + 1 + path.length),
            message: "key",
            slots: { object: serving.title, flag: flag.name, key: path, guess },
            fixes: renamed(argument, guess),
          });
        } else if (value !== undefined && !isOpen(value.text)) {
          const at = spanOfWord(value.word, value.start);
          const slots = { object: serving.title, flag: name, value: value.text };
          if (allowed !== undefined) {
            const guess = nearest(value.text, allowed) ?? allowed.find((one) => one.endsWith(`_${value.text}`));
            const fixes =
              guess === undefined
                ? []
                : fixOf(`Write ${guess}`, false, rewrite(value.word, value.start, value.word.text.length, guess));
            report({ at, message: "value", slots: { ...slots, allowed: allowed.join(", ") }, fixes });
          } else if (limit !== undefined) {
            report({ at, message: "value", slots: { ...slots, allowed: `a number ${comparison} ${limit}` } });
          } else if (type !== undefined) {
            report({ at, message: "value", slots: { ...slots, allowed: [type].flat().map(wordFor).join(" or ") } });
          }
        }
      }
    }
  },
});

interface Params {
  readonly allowed?: readonly string[];
  readonly limit?: number;
  readonly comparison?: string;
  readonly type?: string | readonly string[];
}

const words: Readonly<Record<string, string>> = {
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "a JSON object",
  null: "null",
  string: "text",
};

function wordFor(type: string): string {
  return words[type] ?? type;
}

/** What is wrong with one key, or with its value; without a value, with the key alone. */
function errorOf(schema: string | undefined, path: string, value: string | undefined): SchemaError | undefined {
  const validate = schema === undefined ? undefined : validatorModule(schema)?.validators[schema];
  if (validate === undefined) return undefined;
  const keys = path.split(".");
  const written = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), readValue(value ?? ""));
  if (validate.call({ notes: [] }, written)) return undefined;
  const pointer = `/${keys.join("/")}`;
  return (validate.errors ?? []).find(({ instancePath, keyword }) =>
    keyword === "additionalProperties"
      ? pointer.startsWith(instancePath)
      : value !== undefined && instancePath === pointer,
  );
}

/** As vLLM reads it: JSON where it is that, else text (vllm/utils/argparse_utils.py). */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function keysOf(schema: string | undefined, { params }: SchemaError): readonly string[] {
  const listed = schema === undefined ? undefined : validatorModule(schema)?.objects[Number(params["object"])];
  return [...(listed?.keys ?? []), ...Object.keys(listed?.leaves ?? {})];
}

function renamed({ word, length, path = "" }: VllmArgument, key: string) {
  return fixOf(`Write ${key}`, false, rewrite(word, length + 1, length + 1 + path.length, key));
}
