import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../support/lint.ts";
import { mended, running, said } from "../epp/support.ts";
import { pool, server } from "./support.ts";

const rewrite = (targets: string) =>
  `apiVersion: llm-d.ai/v1alpha2\nkind: InferenceModelRewrite\nmetadata: {name: a}\nspec: {poolRef: {name: llama}, rules: [{targets: [${targets}]}]}\n`;

describe("weights of a rewrite", () => {
  const rule = "pool/rewrite-weights";
  const table: [title: string, targets: string, ...said: string[]][] = [
    ["on all", "{modelRewrite: a, weight: 1}, {modelRewrite: b, weight: 2}"],
    ["on none", "{modelRewrite: a}, {modelRewrite: b}"],
    ["on one of two", "{modelRewrite: a, weight: 1}, {modelRewrite: b}", "warning b"],
    ["on one of three", "{modelRewrite: a}, {modelRewrite: b, weight: 1}, {modelRewrite: c}", "warning a", "warning c"],
    ["on the only one", "{modelRewrite: a, weight: 1}"],
    ["that are filled in later", '{modelRewrite: a, weight: "{{ .w }}"}, {modelRewrite: b, weight: 1}'],
  ];
  for (const [title, targets, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, { "a.yaml": rewrite(targets) }), expected));

  test("are given by the fix", () => {
    assert.deepEqual(
      mended(rule, { "a.yaml": rewrite("{modelRewrite: a, weight: 9}, {modelRewrite: b}") }, "Give it weight 1"),
      { "a.yaml": rewrite("{modelRewrite: a, weight: 9}, {modelRewrite: b, weight: 1}") },
    );
  });
});

describe("the target of a rewrite", () => {
  const rule = "pool/rewrite-target";
  const to = (target: string, args: string, env = "") => ({
    "a.yaml": server({ args, env }) + pool() + rewrite(`{modelRewrite: ${target}}`),
  });
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["is the model", to("org/model", "[org/model]")],
    ["is the served name", to("llama", "[org/model, --served-model-name=llama]")],
    ["is the second served name", to("b", "[org/model, --served-model-name, a, b]")],
    [
      "is the model, which has another name",
      to("org/model", "[org/model, --served-model-name=llama]"),
      "warning org/model",
    ],
    ["is an adapter", to("sql", "[org/model, --enable-lora, --lora-modules, sql=/sql]")],
    ["is an adapter said in JSON", to("sql", `[org/model, --lora-modules, '{"name": "sql", "path": "/sql"}']`)],
    ["is no adapter", to("sqll", "[org/model, --enable-lora, --lora-modules, sql=/sql]"), "warning sqll"],
    [
      "may be an adapter that is loaded later",
      to("sql", "[org/model]", '{name: VLLM_ALLOW_RUNTIME_LORA_UPDATING, value: "True"}'),
    ],
    ["may be in a file", to("x", "[org/model, --config=/c.yaml]")],
    ["may be a variable", to("x", "[$(MODEL)]")],
    ["is of a pool without pods here", { "a.yaml": pool() + rewrite("{modelRewrite: x}") }],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("is mended by the only name", () => {
    const args = "[org/model, --served-model-name=llama]";
    assert.deepEqual(mended(rule, to("org/model", args), "Write llama"), to("llama", args));
  });
});

describe("two pools", () => {
  const rule = "pool/overlap";
  const other = (selector: string, name = "other") => pool({ name, selector });
  const pods = server({ labels: "{app: llama, tier: gpu}" });
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["of the same pods", { "a.yaml": pods + pool() + other("{tier: gpu}") }, "warning other"],
    ["of other pods", { "a.yaml": pods + pool() + other("{tier: cpu}") }],
    ["of the same selector without pods", { "a.yaml": pool() + other("{app: llama}") }],
    ["of one name are one in two overlays", { "a.yaml": pods + pool() + other("{tier: gpu}", "llama") }],
    ["of two directories", { "a/a.yaml": pods + pool(), "b/b.yaml": pods + other("{tier: gpu}") }],
    [
      "of two roles",
      {
        "a.yaml":
          server({ name: "p", labels: "{app: llama, llm-d.ai/role: prefill}" }) +
          server({ name: "d", labels: "{app: llama, llm-d.ai/role: decode}" }) +
          pool({ selector: "{llm-d.ai/role: prefill}" }) +
          other("{llm-d.ai/role: decode}"),
      },
    ],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));
});

describe("the role in a label", () => {
  const rule = "pool/role-label";
  const role = (value: string) => ({ "a.yaml": server({ labels: `{app: llama, llm-d.ai/role: ${value}}` }) });
  const table: [value: string, ...said: string[]][] = [
    ["decode"],
    ["prefill"],
    ["encode"],
    ["prefill-decode"],
    ["encode-prefill"],
    ["encode-prefill-decode"],
    ["both", "info both"],
    ["Prefill", "warning Prefill"],
    ["decoder", "warning decoder"],
    ["leader", "warning leader"],
    ['"{{ .role }}"'],
  ];
  for (const [value, ...expected] of table) test(value, () => assert.deepEqual(said(rule, role(value)), expected));

  test("of what serves no model is its own affair", () => {
    const files = {
      "a.yaml": role("gateway")
        ["a.yaml"].replace("vllm/vllm-openai:v0.19.0", "envoy:1")
        .replace("[org/model]", "[]")
        .replace("{nvidia.com/gpu: 1}", "{cpu: 1}"),
    };
    assert.deepEqual(said(rule, files), []);
  });

  test("is mended", () => {
    assert.deepEqual(mended(rule, role("decoder"), "Write decode"), role("decode"));
    assert.deepEqual(mended(rule, role("both"), "Write prefill-decode"), role("prefill-decode"));
  });
});

describe("the group of objectives and rewrites", () => {
  const rule = "pool/old-group";
  const old = "inference.networking.x-k8s.io/v1alpha2";
  const objective = (apiVersion: string) =>
    `apiVersion: ${apiVersion}\nkind: InferenceObjective\nmetadata: {name: a}\nspec: {poolRef: {name: llama}}\n`;
  test("is the router's own from 0.9 on", () => {
    const at = (version: string, apiVersion = old) => ({ "a.yaml": objective(apiVersion), ...running(version) });
    assert.deepEqual(said(rule, at("0.9")), [`warning ${old}`]);
    assert.deepEqual(said(rule, at("0.8")), []);
    assert.deepEqual(said(rule, { "a.yaml": objective(old) }), []);
    assert.deepEqual(said(rule, at("0.9", "llm-d.ai/v1alpha2")), []);
    assert.deepEqual(mended(rule, at("0.9"), "Write llm-d.ai/v1alpha2"), at("0.9", "llm-d.ai/v1alpha2"));
  });
});
