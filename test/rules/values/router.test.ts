import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";
import { saidBy } from "./said.ts";

const old = `inferenceExtension:
  replicas: 1
inferencePool:
  modelServers:
    matchLabels: {app: qwen3}
`;

const helmfile = (chart: string, values = "values.yaml") => `releases:
  - name: router
    namespace: llm
    chart: ${chart}
    values: [${values}]
`;

describe("values of the old chart", () => {
  const rule = "values/moved-keys";
  const both = "router:\n  modelServers: {matchLabels: {app: qwen3}}\n";

  test("are right for the chart of the inference extension", () => {
    assert.deepEqual(saidBy(rule, old), []);
    const chart = helmfile("oci://registry.k8s.io/gateway-api-inference-extension/charts/inferencepool");
    assert.deepEqual(saidBy(rule, { "helmfile.yaml": chart, "values.yaml": old }), []);
  });

  for (const chart of ["llm-d/llm-d-router-gateway", "oci://ghcr.io/llm-d/charts/llm-d-router-standalone"]) {
    test(`fail the install of ${chart}, to which a helmfile hands them`, () => {
      assert.deepEqual(saidBy(rule, { "helmfile.yaml": helmfile(chart), "values.yaml": old }), [
        "error inferenceExtension",
        "error inferencePool",
      ]);
    });
  }

  test("of another file than the helmfile names are left alone", () => {
    const files = { "helmfile.yaml": helmfile("llm-d/llm-d-router-gateway", "router.yaml"), "values.yaml": old };
    assert.deepEqual(saidBy(rule, files), []);
  });

  for (const key of ["inferenceExtension", "inferencePool", "inferenceObjectives", "experimentalHttpRoute"]) {
    test(`${key} beside router is one finding`, () => {
      const text = `${both}${key}: ${key === "inferenceObjectives" ? "[]" : "{}"}\n`;
      const findings = lint({ "values.yaml": text }).filter(({ range }) => range.start.line === 2);
      assert.deepEqual(
        findings.map(({ rule: id, severity }) => `${severity} ${id}`),
        [`error ${rule}`],
      );
    });
  }
});

describe("values that the router's chart refuses", () => {
  const rule = "values/router-refused";
  const labels = "  modelServers: {matchLabels: {app: qwen3}}\n";
  const table: [title: string, text: string, expected: string[]][] = [
    ["labels", `router:\n${labels}`, []],
    ["no labels", "router:\n  modelServers: {type: vllm}\n", ["error modelServers"]],
    ["no model servers, which another file has", "router:\n  epp: {replicas: 2}\n", []],
    ["labels that are filled in later", "router:\n  modelServers: {matchLabels: '${LABELS}'}\n", []],
    ["resources taken away", `router:\n${labels}  epp: {resources: null}\n`, ["error resources"]],
    ["requests taken away", `router:\n${labels}  epp:\n    resources:\n      requests:\n`, ["error requests"]],
    ["CPU taken away", `router:\n${labels}  epp: {resources: {requests: {cpu: null, memory: 4Gi}}}\n`, ["error cpu"]],
    [
      "limits alone, beside the chart's requests",
      `router:\n${labels}  epp: {resources: {limits: {memory: 8Gi}}}\n`,
      [],
    ],
    ["a tokenizer without a model", `router:\n${labels}  tokenizer: {enabled: true}\n`, ["error tokenizer"]],
    ["with an empty one", `router:\n${labels}  tokenizer: {enabled: true, modelName: ""}\n`, ["error tokenizer"]],
    ["with a model", `router:\n${labels}  tokenizer: {enabled: true, modelName: Qwen/Qwen3-8B}\n`, []],
    ["a tokenizer that is off", `router:\n${labels}  tokenizer: {enabled: false}\n`, []],
    [
      "objectives without a pool",
      `router:\n${labels}  inferencePool: {create: false}\n  inferenceObjectives: [{name: high, priority: 5}]\n`,
      ["error inferenceObjectives"],
    ],
    ["objectives with the pool", `router:\n${labels}  inferenceObjectives: [{name: high, priority: 5}]\n`, []],
    [
      "no objectives and no pool",
      `router:\n${labels}  inferencePool: {create: false}\n  inferenceObjectives: []\n`,
      [],
    ],
  ];
  for (const [title, text, expected] of table) test(title, () => assert.deepEqual(saidBy(rule, text), expected));

  test("what another values file beside it may hold is not missing", () => {
    const files = {
      "values.yaml": "router:\n  modelServers: {type: vllm}\n",
      "prod.yaml": "router:\n  modelServers: {matchLabels: {app: qwen3}}\n",
    };
    assert.deepEqual(saidBy(rule, files), []);
    assert.deepEqual(saidBy(rule, { "a/values.yaml": files["values.yaml"], "b/values.yaml": files["prod.yaml"] }), [
      "error modelServers",
    ]);
  });

  test("a port that is no number is the schema's", () => {
    const text = "router:\n  modelServers: {matchLabels: {app: qwen3}, targetPorts: [{number: http}]}\n";
    assert.deepEqual(saidBy("schema/wrong-type", text), ["error http"]);
  });
});
