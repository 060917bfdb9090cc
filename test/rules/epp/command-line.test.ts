import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Files } from "../../support/lint.ts";
import { pool } from "../pool/support.ts";
import { epp, mended, messages, running, said } from "./support.ts";

const router = (args: string, more = "", tag = "v0.10.0") => `apiVersion: apps/v1
kind: Deployment
metadata: {name: epp}
spec:
  selector: {matchLabels: {app: epp}}
  template:
    metadata: {labels: {app: epp}}
    spec:
      containers:
        - name: epp
          image: ghcr.io/llm-d/llm-d-router-endpoint-picker:${tag}
          args: ${args}
${more}---
`;

describe("flags of the endpoint picker", () => {
  const rule = "epp/router-flags";
  const table: [title: string, text: string, ...said: string[]][] = [
    ["that are right", router("[--pool-name=a, --config-file=/c.yaml, -v=2]")],
    ["in camelCase", router("[--poolName, a, --grpcPort=9002]"), "error --poolName", "error --grpcPort"],
    ["in camelCase, before 0.9", router("[--poolName, a]", "", "v0.8.0")],
    ["in camelCase, of a version that nobody knows", router("[--poolName, a]", "", "main")],
    ["for metrics", router("[--pool-name=a, --lora-info-metric=x]"), "error --lora-info-metric=x"],
    [
      "for a pool and for pods",
      router("[--pool-name=a, --endpoint-selector=app=b]"),
      "error --endpoint-selector=app=b",
    ],
    ["for pods", router("[--endpoint-selector=app=b, --endpoint-target-ports=8000]")],
    ["for neither", router("[--config-file=/c.yaml]"), "error ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0"],
    ["that a script makes", router('[sh, -c, "epp $FLAGS"]')],
    [
      "for two configurations",
      router("[--pool-name=a, --config-file=/c.yaml, --config-text=x]"),
      "error --config-text=x",
    ],
    ["for a configuration, and one that is empty", router('[--pool-name=a, --config-file=/c.yaml, "--config-text="]')],
  ];
  for (const [title, text, ...expected] of table)
    test(title, () => assert.deepEqual(said(rule, { "a.yaml": text }), expected));

  test("that a kustomization may add are not missed", () => {
    const files = {
      "a.yaml": router("[--config-file=/c.yaml]"),
      "kustomization.yaml": "resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: Deployment}}]\n",
      "p.yaml": "[{op: add, path: /spec/template/spec/containers/0/args/-, value: --pool-name=a}]\n",
    };
    assert.deepEqual(said(rule, files), []);
  });

  test("get their dashes", () => {
    const files = { "a.yaml": router("[--poolName=a]") };
    assert.deepEqual(mended(rule, files, "Write --pool-name"), { "a.yaml": router("[--pool-name=a]") });
  });
});

describe("the pool that an endpoint picker is for", () => {
  const rule = "epp/pool-name";
  const inNamespace = pool().replace("{name: llama}", "{name: llama, namespace: llm}");
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["is there", { "a.yaml": pool() + router("[--pool-name=llama]") }],
    ["is misspelt", { "a.yaml": pool() + router("[--pool-name=lama]") }, "error lama"],
    ["is misspelt in a word of its own", { "a.yaml": pool() + router("[--pool-name, lama]") }, "error lama"],
    ["is filled in later", { "a.yaml": pool() + router("[--pool-name=$(POOL)]") }],
    ["may be a chart's", { "a.yaml": router("[--pool-name=lama]") }],
    ["is another one, in another file", { "a.yaml": pool(), "b.yaml": router("[--pool-name=qwen]") }],
    ["is in its namespace", { "a.yaml": inNamespace + router("[--pool-name=llama, --pool-namespace=llm]") }],
    [
      "is in another namespace",
      { "a.yaml": inNamespace + router("[--pool-name=llama, --pool-namespace=ml]") },
      "error ml",
    ],
    [
      "is in the namespace of a variable",
      { "a.yaml": inNamespace + router("[--pool-name=llama, --pool-namespace=$(NS)]") },
    ],
    [
      "is moved by a kustomization",
      {
        "a.yaml": inNamespace + router("[--pool-name=llama, --pool-namespace=ml]"),
        "kustomization.yaml": "resources: [a.yaml]\nnamespace: ml\n",
      },
    ],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("is mended in the argument", () => {
    const files = { "a.yaml": pool() + router("[--pool-name=lama, --v=2]") };
    assert.deepEqual(mended(rule, files, "Write llama"), { "a.yaml": pool() + router("[--pool-name=llama, --v=2]") });
  });
});

describe("experimental plugins", () => {
  const rule = "epp/experimental-plugin";
  const map = (type: string) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: epp}\ndata:\n  c.yaml: |\n${epp(`plugins: [{type: ${type}}]`).replace(/^(?=.)/gm, "    ")}---\n`;
  const volume = "      volumes: [{name: c, configMap: {name: epp}}]\n";
  const alpha = "session-affinity-scorer";
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["without leave", { "a.yaml": map(alpha) + router("[--pool-name=a]", volume) }, `error ${alpha}`],
    ["with leave", { "a.yaml": map(alpha) + router("[--allow-experimental-plugins]", volume) }],
    [
      "with leave taken back",
      { "a.yaml": map(alpha) + router("[--allow-experimental-plugins=false]", volume) },
      `error ${alpha}`,
    ],
    [
      "with leave that is filled in later",
      { "a.yaml": map(alpha) + router("[--allow-experimental-plugins=$(A)]", volume) },
    ],
    ["before 0.10", { "a.yaml": map(alpha) + router("[--pool-name=a]", volume, "v0.9.0") }],
    ["that are none", { "a.yaml": map("queue-scorer") + router("[--pool-name=a]", volume) }],
    ["with a router that is not here", { "a.yaml": map(alpha), ...running("0.10") }],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  const values = (flags: string) =>
    `router:\n  modelServers: {matchLabels: {app: a}}\n  epp:\n    resources: {requests: {cpu: 1}}\n${flags}    pluginsConfigFile: c.yaml\n    pluginsCustomConfig:\n      c.yaml: |\n${epp(`plugins: [{type: ${alpha}}]`).replace(/^(?=.)/gm, "        ")}`;
  test("in values go by the flags there", () => {
    const at = (flags: string) => said(rule, { "values.yaml": values(flags), ...running("0.10") });
    assert.deepEqual(at(""), [`error ${alpha}`]);
    assert.deepEqual(at("    flags: {v: 2}\n"), [`error ${alpha}`]);
    assert.deepEqual(at("    flags: {allow-experimental-plugins: false}\n"), [`error ${alpha}`]);
    assert.deepEqual(at("    flags: {allow-experimental-plugins: true}\n"), []);
  });
});

describe("the configuration that values select", () => {
  const rule = "epp/plugins-config-file";
  const values = (file: string, ...keys: string[]) => ({
    "values.yaml": `inferenceExtension:\n  pluginsConfigFile: ${file}\n  pluginsCustomConfig: {${keys.map((key) => `${key}: "a"`).join(", ")}}\n`,
  });
  const table: [title: string, files: Files, ...said: string[]][] = [
    ["is there", values("a.yaml", "a.yaml", "b.yaml")],
    ["is not there", values("c.yaml", "a.yaml", "b.yaml"), "error c.yaml"],
    [
      "is the chart's own, beside one that nobody reads",
      values("default-plugins.yaml", "a.yaml"),
      "warning default-plugins.yaml",
    ],
    ["may be in other values", values("c.yaml")],
    ["is filled in later", values('"{{ .file }}"', "a.yaml")],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  test("is set to the only one", () => {
    assert.deepEqual(mended(rule, values("c.yaml", "a.yaml"), "Write a.yaml"), values("a.yaml", "a.yaml"));
    assert.match(messages(rule, values("c.yaml", "a.yaml"))[0] ?? "", /does not start\. There is a\.yaml\.$/);
  });
});
