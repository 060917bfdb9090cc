import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { checks, type Row, readSchema } from "./support/schema.ts";

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
