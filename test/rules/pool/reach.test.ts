import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../support/lint.ts";
import { mended, messages, said } from "../epp/support.ts";
import { pool, server } from "./support.ts";

describe("a pool's selector", () => {
  const rule = "pool/selects-nothing";
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["finds its pods", { "a.yaml": server({}) + pool() }],
    ["finds pods with more labels", { "a.yaml": server({ labels: "{app: llama, tier: gpu}" }) + pool() }],
    ["finds nothing", { "a.yaml": server({}) + pool({ selector: "{app: lama}" }) }, "error lama"],
    [
      "asks for a label too many",
      { "a.yaml": server({}) + pool({ selector: "{app: llama, tier: gpu}" }) },
      "error gpu",
    ],
    ["finds its pods in another file", { "a.yaml": server({}), "b.yaml": pool() }],
    ["finds nothing in another file", { "a.yaml": server({}), "b.yaml": pool({ selector: "{app: x}" }) }, "error x"],
    ["is filled in later", { "a.yaml": server({}) + pool({ selector: '{app: "{{ .app }}"}' }) }],
    ["may find labels that are filled in later", { "a.yaml": server({ labels: '{app: "{{ .app }}"}' }) + pool() }],
    ["stands alone", { "a.yaml": pool({ selector: "{app: lama}" }) }],
    [
      "may find what a chart makes",
      { "a.yaml": server({}) + pool({ selector: "{app: x}" }), "Chart.yaml": "name: a\n" },
    ],
    [
      "may get labels from a kustomization",
      {
        "a.yaml": server({}) + pool({ selector: "{app: x}" }),
        "kustomization.yaml": "resources: [a.yaml]\ncommonLabels: {app: x}\n",
      },
    ],
    [
      "finds the workers of a group",
      {
        "a.yaml": `apiVersion: leaderworkerset.x-k8s.io/v1
kind: LeaderWorkerSet
metadata: {name: llama}
spec:
  leaderWorkerTemplate:
    size: 2
    leaderTemplate: {metadata: {labels: {app: leader}}, spec: {containers: [{name: a, image: vllm/vllm-openai:v0.19.0}]}}
    workerTemplate: {metadata: {labels: {app: llama}}, spec: {containers: [{name: a, image: vllm/vllm-openai:v0.19.0}]}}
---
${pool()}`,
      },
    ],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("is mended from the pods", () => {
    const files = { "a.yaml": server({}) + pool({ selector: "{app: lama}" }) };
    assert.deepEqual(mended(rule, files, "Select the pods of llama"), { "a.yaml": server({}) + pool() });
  });

  test("of the old form is flat", () => {
    const old = `apiVersion: inference.networking.x-k8s.io/v1alpha2
kind: InferencePool
metadata: {name: llama}
spec: {selector: {app: lama}, targetPortNumber: 8000, extensionRef: {name: epp}}
`;
    assert.deepEqual(said(rule, { "a.yaml": server({}) + old }), ["error lama"]);
  });
});

describe("a pool's port", () => {
  const rule = "pool/target-port";
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["is vLLM's without --port", { "a.yaml": server({}) + pool() }],
    ["is vLLM's --port", { "a.yaml": server({ args: "[m, --port, '8200']" }) + pool({ port: "8200" }) }],
    ["is a container port", { "a.yaml": server({ args: "[m, --port=8200]" }) + pool() }],
    ["is nobody's", { "a.yaml": server({ args: "[m, --port=8200]", ports: "8200" }) + pool() }, "error 8000"],
    ["is vLLM's by a variable", { "a.yaml": server({ args: "[m, --port=$(PORT)]", ports: "8200" }) + pool() }],
    ["may be in a file", { "a.yaml": server({ args: "[m, --config=/c.yaml]", ports: "8200" }) + pool() }],
    [
      "may be that of a neighbour that does not say",
      {
        "a.yaml":
          server({ args: "[m, --port=8200]", ports: "8200", more: "        - {name: proxy, image: envoy:1}\n" }) +
          pool(),
      },
    ],
    [
      "is the sidecar's",
      {
        "a.yaml":
          server({
            args: "[m, --port=8200]",
            ports: "8200",
            more: "      initContainers:\n        - {name: proxy, image: ghcr.io/llm-d/llm-d-routing-sidecar:v0.4.0, restartPolicy: Always}\n",
          }) + pool(),
      },
    ],
    [
      "is of pods that are not here",
      { "a.yaml": server({ ports: "8200" }) + pool({ selector: "{app: x}", port: "9" }) },
    ],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("is mended", () => {
    const files = (port: string) => ({
      "a.yaml": server({ args: "[m, --port=8200]", ports: "8200" }) + pool({ port }),
    });
    assert.deepEqual(mended(rule, files("8000"), "Write 8200"), files("8200"));
  });
});

describe("a pool's picker", () => {
  const rule = "pool/picker-service";
  const service = (name: string, ports = "[{name: grpc, port: 9002}]", more = "") =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: epp}, ports: ${ports}${more}}\n---\n`;
  const table: [title: string, text: string, ...said: string[]][] = [
    ["is there", service("llama-epp") + pool()],
    ["is misspelt", service("lama-epp") + pool(), "error llama-epp"],
    ["is somewhere else", service("llama") + pool()],
    ["is on another port", service("llama-epp", "[{port: 9003}]") + pool(), "error 9002"],
    ["is on a port that is filled in later", service("llama-epp", '[{port: "{{ .port }}"}]') + pool()],
    ["is outside", service("llama-epp", "[]", ", type: ExternalName, externalName: a.b") + pool(), "error llama-epp"],
  ];
  for (const [title, text, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, { "a.yaml": text }), expected));

  test("the fix takes the port for gRPC", () => {
    const files = (port: string) => ({
      "a.yaml":
        service("llama-epp", "[{name: metrics, port: 9090}, {name: grpc, port: 9004, appProtocol: http2}]") +
        pool().replace("9002", port),
    });
    assert.deepEqual(mended(rule, files("9002"), "Write 9004"), files("9004"));
  });
});

describe("a reference to a pool", () => {
  const rule = "pool/missing";
  const objective = (name: string) =>
    `apiVersion: llm-d.ai/v1alpha2\nkind: InferenceObjective\nmetadata: {name: a}\nspec: {poolRef: {name: ${name}}}\n`;
  const route = (ref: string) =>
    `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {rules: [{backendRefs: [${ref}]}]}\n`;
  const group = "group: inference.networking.k8s.io, kind: InferencePool";
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["by an objective", { "a.yaml": pool() + objective("llama") }],
    ["by an objective, misspelt", { "a.yaml": pool() + objective("lama") }, "error lama"],
    ["by an objective, misspelt, in another file", { "a.yaml": pool(), "b.yaml": objective("lama") }, "error lama"],
    ["by an objective, another name", { "a.yaml": pool() + objective("qwen") }, "error qwen"],
    ["by an objective, another name in another file", { "a.yaml": pool(), "b.yaml": objective("qwen") }],
    [
      "by an objective, with another number",
      { "a.yaml": pool({ name: "llama-8b" }), "b.yaml": objective("llama-70b") },
    ],
    ["by an objective without any pool", { "a.yaml": objective("lama") }],
    ["by a route", { "a.yaml": pool() + route(`{${group}, name: llama}`) }],
    ["by a route, misspelt", { "a.yaml": pool() + route(`{${group}, name: lama}`) }, "error lama"],
    ["by a route, in another namespace", { "a.yaml": pool() + route(`{${group}, name: lama, namespace: b}`) }],
    ["by a route to a Service", { "a.yaml": pool() + route("{name: lama, port: 80}") }],
    [
      "by a rewrite, misspelt",
      {
        "a.yaml": `${pool()}apiVersion: llm-d.ai/v1alpha2\nkind: InferenceModelRewrite\nmetadata: {name: a}\nspec: {poolRef: {name: lama}, rules: [{targets: [{modelRewrite: b}]}]}\n`,
      },
      "error lama",
    ],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("says what was meant, and mends it", () => {
    const files = { "a.yaml": pool() + objective("lama") };
    assert.deepEqual(messages(rule, files), [
      'InferenceObjective "a" refers to InferencePool "lama", which is in none of these files: it is never read. Did you mean "llama"?',
    ]);
    assert.deepEqual(mended(rule, files, "Write llama"), { "a.yaml": pool() + objective("llama") });
  });
});
