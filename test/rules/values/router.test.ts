import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { applyEdits, lint } from "../../support/lint.ts";
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
      const text = `${both}${key}: ${key === "inferenceObjectives" ? "[{name: a}]" : "{replicas: 1}"}\n`;
      const findings = lint({ "values.yaml": text }).filter(({ range }) => range.start.line === 2);
      assert.deepEqual(
        findings.map(({ rule: id, severity }) => `${severity} ${id}`),
        [`error ${rule}`],
      );
    });
  }
});

describe("a section of the old chart is moved", () => {
  const rule = "values/moved-keys";
  const moved = (text: string): [title: string | undefined, text: string | undefined] => {
    const files = { "values.yaml": text };
    const [finding] = lint(files).filter((one) => one.rule === rule);
    const fix = finding?.fixes[0];
    return [fix?.title, fix === undefined ? undefined : applyEdits(files, fix.edits)["values.yaml"]];
  };
  const head = "router:\n  modelServers: {matchLabels: {app: qwen3}}\n";

  const table: [what: string, text: string, mended: string][] = [
    [
      "to the end of the router, with its comments",
      `${head}inferenceExtension:\n  replicas: 2 # one leads\n  pluginsCustomConfig:\n    a.yaml: |\n      apiVersion: llm-d.ai/v1alpha1\n      kind: EndpointPickerConfig\n\n      plugins: []\n  resources:\n    requests:\n      # measured\n      cpu: 4\n`,
      `${head}  epp:\n    replicas: 2\n    pluginsCustomConfig:\n      a.yaml: |\n        apiVersion: llm-d.ai/v1alpha1\n        kind: EndpointPickerConfig\n\n        plugins: []\n    resources:\n      requests:\n        # measured\n        cpu: 4\n`,
    ],
    [
      "to where the router has the rest",
      `inferencePool:\n    targetPorts:\n    - number: 8000\n    modelServerType: vllm\n    failureMode: FailOpen\nrouter:\n    epp:\n        replicas: 1\nprovider: {name: gke}\n`,
      `router:\n    epp:\n        replicas: 1\n    modelServers:\n      targetPorts:\n      - number: 8000\n      type: vllm\n    inferencePool:\n      failureMode: FailOpen\nprovider: {name: gke}\n`,
    ],
    [
      "with monitoring beside the picker",
      `router:\n  epp:\n    replicas: 1\ninferenceExtension:\n  monitoring:\n    interval: 10s\n  tracing:\n    enabled: true\n`,
      `router:\n  epp:\n    replicas: 1\n  tracing:\n    enabled: true\n  monitoring:\n    interval: 10s\n`,
    ],
    [
      "as a list",
      `${head}inferenceObjectives:\n  - name: a\n    priority: 1\n`,
      `${head}  inferenceObjectives:\n    - name: a\n      priority: 1\n`,
    ],
    [
      "under another name",
      `${head}experimentalHttpRoute:\n  enabled: true\n  inferenceGatewayName: a\n`,
      `${head}httpRoute:\n  create: true\n  inferenceGatewayName: a\n`,
    ],
  ];
  for (const [what, text, mended] of table)
    test(what, () => {
      assert.deepEqual(parse(moved(text)[1] ?? ""), parse(mended), moved(text)[1]);
      const comments = (yaml: string) => yaml.match(/ #.*/g);
      assert.deepEqual(comments(moved(text)[1] ?? ""), comments(text));
      assert.deepEqual(saidBy(rule, moved(text)[1] ?? text), []);
    });

  test("one after the other", () => {
    const first = moved(`${head}${old}`)[1] ?? "";
    assert.match(first, /^inferencePool:$/m);
    assert.equal(moved(first)[0], undefined, "modelServers.matchLabels is there already");
  });

  const never: [why: string, section: string][] = [
    ["an image has other parts", "inferenceExtension:\n  image: {hub: a, name: b, tag: c}\n"],
    ["flags were a list", "inferenceExtension:\n  flags:\n    - {name: v, value: 3}\n"],
    ["a key has no place", "inferencePool:\n  apiVersion: inference.networking.k8s.io/v1\n"],
    ["a part of it has none", "inferenceExtension:\n  monitoring:\n    gke: {enabled: true}\n"],
    ["the new place is taken", "inferencePool:\n  modelServers:\n    matchLabels: {app: a}\n"],
    ["others share it", "inferenceExtension: &a\n  replicas: 1\n"],
    ["the base model went away", "experimentalHttpRoute:\n  enabled: true\n  baseModel: a\n"],
    ["it is written as flow", "inferenceExtension: {replicas: 1}\n"],
  ];
  for (const [why, section] of never)
    test(`not where ${why}`, () => {
      assert.equal(saidBy(rule, head + section).length, 1);
      assert.equal(moved(head + section)[0], undefined);
    });

  test("and an empty one is nothing to the template", () => {
    for (const empty of ["{}", "", "null", "[]"])
      assert.deepEqual(saidBy(rule, `${head}inferenceExtension: ${empty}\n`), []);
  });
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
