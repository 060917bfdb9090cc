import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Workspace } from "../../server/graph/workspace.ts";
import { kinds } from "../../server/kinds/registry.ts";

/** The kinds of the documents in a file, outer ones first. */
function kindsIn(text: string, path = "manifest.yaml"): string[] {
  const workspace = new Workspace(kinds);
  return workspace.objectsIn(workspace.update(path, text).file).map(({ kind }) => kind.id);
}

function configMap(name: string, data: Record<string, string>): string {
  const entries = Object.entries(data).map(([key, text]) => `  ${key}: |\n${text.replace(/^/gm, "    ")}\n`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n${entries.join("")}`;
}

/** The kind of one text under one key of a ConfigMap; nothing when it is nobody's. */
const entryOf = (name: string, text: string, key = "default") => kindsIn(configMap(name, { [key]: text }))[1];

const tested = "an entry, by the ConfigMap's name with any prefix and by its keys";

describe("entries of WVA's ConfigMaps", () => {
  const prefixes = ["", "release-", "workload-variant-autoscaler-"];
  const named: [id: string, name: string, ...texts: string[]][] = [
    [
      "wva-scale-to-zero-entry",
      "wva-model-scale-to-zero-config",
      "enable_scale_to_zero: true",
      "retention_period: 5m",
      "model_id: meta/llama",
    ],
    ["wva-queueing-entry", "wva-queueing-model-config", "sloMultiplier: 3.0", "model_id: meta/llama\nnamespace: prod"],
    [
      "wva-service-class",
      "service-classes-config",
      "name: Premium\npriority: 1\ndata:\n  - model: default/default\n    slo-tpot: 24\n    slo-ttft: 500",
    ],
    ["wva-accelerator-cost", "accelerator-unit-costs", '{\n"device": "NVIDIA-A100-PCIE-80GB",\n"cost": "40.00"\n}'],
    ["wva-saturation-entry", "wva-saturation-scaling-config", "kvCacheThreshold: 0.8", "model_id: m\npriority: 2"],
    ["wva-saturation-entry", "saturation-scaling-config", "analyzers: []"],
    ["wva-saturation-entry", "capacity-scaling-config", "model_id: m\nkvSpareTrigger: 0.2"],
  ];
  for (const [id, name, ...texts] of named) {
    test(`${id}: ${tested}`, () => {
      for (const prefix of prefixes) for (const text of texts) assert.equal(entryOf(prefix + name, text), id, prefix);
    });
  }

  test("under a name of one's own, keys that nobody else has are enough", () => {
    assert.equal(entryOf("own", "enable_scale_to_zero: false"), "wva-scale-to-zero-entry");
    assert.equal(entryOf("own", "model_id: m\nretention_period: 5m"), "wva-scale-to-zero-entry");
    assert.equal(entryOf("own", "targetTTFT: 500\ntargetITL: 50"), "wva-queueing-entry");
    assert.equal(entryOf("own", "data:\n  - model: m\n    slo-ttft: 500", "premium.yaml"), "wva-service-class");
  });

  test("keys that others have too are left alone there", () => {
    assert.equal(entryOf("loki", "retention_period: 744h"), undefined);
    assert.equal(entryOf("own", "model_id: m\nnamespace: n"), undefined);
    assert.equal(entryOf("own", "priority: 2\nanalyzers: []"), undefined);
    assert.equal(entryOf("own", "sloMultiplier: 3"), undefined);
    assert.equal(entryOf("own", '{"device": "cuda:0", "cost": "1"}', "A100"), undefined);
    assert.equal(entryOf("own", "name: x\npriority: 1\ndata:\n  - value: 1"), undefined);
  });

  test("a text of somebody else in a ConfigMap of that name stays theirs", () => {
    assert.equal(entryOf("wva-queueing-model-config", "max_local_cpu_size: 5", "lmcache.yaml"), "lmcache-config");
    assert.equal(entryOf("wva-model-scale-to-zero-config", "kvCacheThreshold: 0.8"), "wva-saturation-entry");
    assert.equal(entryOf("service-classes-config", "cost: 1"), undefined);
  });

  test("outside a ConfigMap they are nobody's", () => {
    assert.deepEqual(kindsIn("enable_scale_to_zero: true\n"), []);
    assert.deepEqual(kindsIn("sloMultiplier: 3\ntuningEnabled: true\n"), []);
  });

  test("the items of a List have names of their own", () => {
    const items = [
      configMap("accelerator-unit-costs", { A100: '{"device": "A100", "cost": "40.00"}' }),
      configMap("other", { A100: '{"device": "A100", "cost": "40.00"}' }),
    ].map((item) => item.replace(/^/gm, "    ").replace("    ", "  - "));
    assert.deepEqual(kindsIn(`apiVersion: v1\nkind: List\nitems:\n${items.join("\n")}`), [
      "config-map",
      "config-map",
      "wva-accelerator-cost",
    ]);
  });
});

describe("the manager of WVA", () => {
  const data = 'PROMETHEUS_BASE_URL: "https://p"';
  const map = (name: string, text: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {${text}}\n`;

  for (const name of [
    "wva-variantautoscaling-config",
    "release-variantautoscaling-config",
    "wva-manager-config",
    "a-wva-manager-config",
  ])
    test(`${name}, by its name`, () => assert.deepEqual(kindsIn(map(name, data)), ["wva-manager"]));

  test("under a name of one's own, by two keys", () => {
    assert.deepEqual(kindsIn(map("own", `${data}, GLOBAL_OPT_INTERVAL: 60s`)), ["wva-manager"]);
    assert.deepEqual(kindsIn(map("own", data)), ["config-map"]);
    assert.deepEqual(kindsIn(map("own", "WVA_SCALE_TO_ZERO: 'true', MY_OWN: x")), ["config-map"]);
  });

  test("as the file that the chart writes", () => {
    assert.equal(entryOf("r-variantautoscaling-config", data, "config.yaml"), "wva-manager-file");
    assert.equal(entryOf("own", `${data}\nWVA_LIMITED_MODE: false`, "config.yaml"), "wva-manager-file");
    assert.equal(entryOf("own", data, "config.yaml"), undefined);
    assert.deepEqual(kindsIn(`${data}\nWVA_LIMITED_MODE: false\n`), []);
  });
});

describe("Helm values of WVA", () => {
  for (const text of [
    "wva: {enabled: true}\nva: {accelerator: H100}\n",
    "wva: {reconcileInterval: 60s}\nhpa: {maxReplicas: 8}\n",
    "wva: {prometheus: {baseURL: https://p}}\nllmd: {modelID: m}\n",
    "wva: {image: {tag: v0.5.1}}\n",
    "wva: {capacityScaling: {default: {kvCacheThreshold: 0.8}}}\n",
  ]) {
    test(text.split("\n")[0] as string, () => assert.deepEqual(kindsIn(text, "values.yaml"), ["wva-values"]));
  }

  test("a word alone does not make them", () => {
    assert.deepEqual(kindsIn("wva: {enabled: true}\nvllm: {}\n", "values.yaml"), []);
    assert.deepEqual(kindsIn("wva: true\nhpa: {}\n", "values.yaml"), []);
    assert.deepEqual(kindsIn("hpa: {enabled: true}\nva: {}\n", "values.yaml"), []);
  });

  test("inside a ConfigMap they are nobody's", () => {
    assert.equal(entryOf("own", "wva:\n  image:\n    tag: v0.5.1\n", "values.yaml"), undefined);
  });
});

describe("VariantAutoscaling", () => {
  test("of the one version there ever was", () => {
    const text = "apiVersion: llmd.ai/v1alpha1\nkind: VariantAutoscaling\nmetadata: {name: a}\nspec: {modelID: m}\n";
    assert.deepEqual(kindsIn(text), ["variant-autoscaling"]);
  });
});

describe("values of WVA's chart that only a file's name tells", () => {
  const text = "hpa: {enabled: true, maxReplicas: 10}\nprometheus: {url: https://p}\n";
  for (const path of ["wva-values.yaml", "charts/workload-variant-autoscaler/values.yaml", "dev/values-wva.yaml"]) {
    test(path, () => assert.deepEqual(kindsIn(text, path), ["wva-values"]));
  }
  for (const path of ["values.yaml", "chat/values.yaml", "wvalues.yaml", "wva/notes.yaml"]) {
    test(`not ${path}`, () => assert.deepEqual(kindsIn(text, path), []));
  }
});
