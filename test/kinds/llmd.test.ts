import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Workspace } from "../../server/graph/workspace.ts";
import type { InferenceModelRewriteView } from "../../server/kinds/inference-model-rewrite/kind.ts";
import type { InferenceObjectiveView } from "../../server/kinds/inference-objective/kind.ts";
import type { InferencePoolView } from "../../server/kinds/inference-pool/kind.ts";
import { kinds } from "../../server/kinds/registry.ts";
import type { StackObject } from "../../server/kinds/stack-object.ts";

function objectsIn(text: string, path = "manifest.yaml"): readonly StackObject[] {
  const workspace = new Workspace(kinds);
  return workspace.objectsIn(workspace.update(path, text).file);
}

/** The kinds of the documents in a file, outer ones first. */
const kindsIn = (text: string, path?: string) => objectsIn(text, path).map(({ kind }) => kind.id);

const resource = (apiVersion: string, kind: string, spec = "{}") =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\nspec: ${spec}\n`;

describe("resources of the gateway and of llm-d", () => {
  for (const [apiVersion, kind, id] of [
    ["inference.networking.k8s.io/v1", "InferencePool", "inference-pool"],
    ["inference.networking.x-k8s.io/v1alpha2", "InferencePool", "inference-pool-v1alpha2"],
    ["llm-d.ai/v1alpha2", "InferenceObjective", "inference-objective"],
    ["inference.networking.x-k8s.io/v1alpha2", "InferenceObjective", "inference-objective"],
    ["inference.networking.x-k8s.io/v1alpha2", "InferenceModel", "inference-model"],
    ["llm-d.ai/v1alpha2", "InferenceModelRewrite", "inference-model-rewrite"],
    ["inference.networking.x-k8s.io/v1alpha2", "InferenceModelRewrite", "inference-model-rewrite"],
    ["llm-d.ai/v1", "EndpointPickerConfig", "epp-config"],
    ["llm-d.ai/v1alpha2", "InferencePool", "kubernetes-object"],
    ["llmd.ai/v1alpha2", "InferenceObjective", "kubernetes-object"],
  ] as const) {
    test(`${kind} of ${apiVersion} is ${id}`, () => assert.deepEqual(kindsIn(resource(apiVersion, kind)), [id]));
  }
});

describe("what they say", () => {
  function viewOf<V>(text: string): V {
    return objectsIn(text)[0]?.view as V;
  }

  test("a pool, in its two forms", () => {
    const texts = [
      resource(
        "inference.networking.k8s.io/v1",
        "InferencePool",
        "{selector: {matchLabels: {app: vllm}}, targetPorts: [{number: 8000}], endpointPickerRef: {name: epp, port: {number: 9002}}}",
      ),
      resource(
        "inference.networking.x-k8s.io/v1alpha2",
        "InferencePool",
        "{selector: {app: vllm}, targetPortNumber: 8000, extensionRef: {name: epp, portNumber: 9002}}",
      ),
    ];
    for (const text of texts) {
      const { selector, targetPorts, picker, pickerPort } = viewOf<InferencePoolView>(text);
      assert.deepEqual([...selector], [["app", "vllm"]]);
      assert.deepEqual(
        targetPorts.map(({ value }) => value),
        [8000],
      );
      assert.equal(picker?.value, "epp");
      assert.equal(pickerPort?.value, 9002);
    }
  });

  test("a pool of which nothing is written yet", () => {
    const { selector, targetPorts, picker } = viewOf<InferencePoolView>(
      resource("inference.networking.x-k8s.io/v1alpha2", "InferencePool"),
    );
    assert.deepEqual([selector.size, targetPorts.length, picker], [0, 0, undefined]);
  });

  test("the pools and the priority of an objective", () => {
    const { pools, priority } = viewOf<InferenceObjectiveView>(
      resource("llm-d.ai/v1", "InferenceObjective", "{poolRef: {name: a}, poolRefs: [{name: b}], priority: -1}"),
    );
    assert.deepEqual(
      pools.map(({ value }) => value),
      ["a", "b"],
    );
    assert.equal(priority?.value, -1);
  });

  test("the targets of a rewrite", () => {
    const { pool, targets } = viewOf<InferenceModelRewriteView>(
      resource(
        "llm-d.ai/v1alpha2",
        "InferenceModelRewrite",
        "{poolRef: {name: p}, rules: [{targets: [{modelRewrite: a}, {modelRewrite: b}]}, {targets: [{modelRewrite: c}]}]}",
      ),
    );
    assert.equal(pool?.value, "p");
    assert.deepEqual(
      targets.map(({ value }) => value),
      ["a", "b", "c"],
    );
  });
});

describe("values of charts, told by keys that one chart alone has", () => {
  const table: [title: string, text: string, id: string | undefined][] = [
    ["a model and its pods", "modelArtifacts: {uri: hf://a/b}\ndecode: {replicas: 2}\n", "modelservice-values"],
    ["pods alone", "decode: {containers: [{image: i, modelCommand: vllmServe}]}\n", "modelservice-values"],
    ["a picker and its pods", "router: {epp: {replicas: 2}, modelServers: {matchLabels: {a: b}}}\n", "router-values"],
    ["the old form, half moved", "router: {epp: {}}\ninferenceExtension: {replicas: 1}\n", "router-values"],
    ["the old form", "inferenceExtension: {replicas: 1}\ninferencePool: {targetPortNumber: 8000}\n", "gie-values"],
    ["its pool alone", "inferencePool: {modelServers: {matchLabels: {app: vllm}}}\n", "gie-values"],
    ["engines", "servingEngineSpec: {modelSpec: []}\n", "production-stack-values"],
    ["a router before engines", "routerSpec: {routingLogic: roundrobin}\n", "production-stack-values"],
    ["another chart's router", "router: {replicas: 2, image: traefik}\n", undefined],
    ["another chart's decode", "decode: {replicas: 1}\nprefill: {replicas: 1}\n", undefined],
    ["another chart's routerSpec", "routerSpec: {replicas: 1}\n", undefined],
    ["a pool of machines", "inferencePool: {size: 3}\n", undefined],
    ["a chart that has one of them as a part", "gaie: {inferenceExtension: {replicas: 1}}\n", undefined],
    ["a template", "modelArtifacts: {uri: hf://a/b}\n{{- if .Values.x }}\ndecode: {}\n{{- end }}\n", undefined],
  ];
  for (const [title, text, id] of table) {
    test(`${title}: ${id ?? "silence"}`, () =>
      assert.deepEqual(kindsIn(text, "values.yaml"), id === undefined ? [] : [id]));
  }

  test("the picker's configuration inside them is a document of its own", () => {
    const config = "      apiVersion: llm-d.ai/v1alpha1\n      kind: EndpointPickerConfig\n      plugins: []\n";
    const values = `router:\n  epp:\n    pluginsCustomConfig:\n      a.yaml: |\n  ${config.replaceAll("\n      ", "\n        ")}`;
    assert.deepEqual(kindsIn(values, "values.yaml"), ["router-values", "epp-config"]);
  });

  test("an object of Kubernetes is no values file", () => {
    assert.deepEqual(kindsIn("apiVersion: v1\nkind: Secret\nservingEngineSpec: {}\n"), ["kubernetes-object"]);
  });

  test("nor is what a ConfigMap carries", () => {
    const text =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  values.yaml: |\n    modelArtifacts:\n      uri: hf://a/b\n";
    assert.deepEqual(kindsIn(text), ["config-map"]);
  });
});

describe("sketches of guides", () => {
  const table: [text: string, kind: string | undefined][] = [
    ["scorers: [{type: prefix-aware, weight: 100, parameters: {hashBlockSize: 5}}]\n", "llmd-shorthand"],
    ["prefill: {replicas: 8, tensorParallel: 1}\ndecode: {tensorParallel: 4}\n", "llmd-shorthand"],
    ["decode: {expertParallel: 8}\n", "llmd-shorthand"],
    ["nixl: {backend: uccl, transport: rdma}\n", "llmd-shorthand"],
    ["scorers: [{type: bleu}]\n", undefined],
    ["nixl: {backend: ucx}\n", undefined],
    ["leaderWorkerSet: {enabled: true, size: 4}\n", undefined],
    ["plugins: [{type: queue-scorer}]\nscorers: [{type: prefix-aware}]\n", undefined],
    ["modelArtifacts: {uri: hf://a/b}\ndecode: {tensorParallel: 4}\n", "modelservice-values"],
  ];
  for (const [text, kind] of table) {
    test(`${kind ?? "nothing"}: ${text.trim()}`, () => assert.equal(kindsIn(text)[0], kind));
  }
});
