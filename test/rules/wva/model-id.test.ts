import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";
import { said, variant } from "./stack.ts";

const server = (args: string, more = "") => `apiVersion: apps/v1
kind: Deployment
metadata: {name: llama}
spec:
  selector: {matchLabels: {app: llama}}
  template:
    metadata: {labels: {app: llama}}
    spec:
      containers:
        - {name: vllm, image: "vllm/vllm-openai:v0.21.0", ${args}}
${more}`;

/** The variant's modelID, on line 7, is meta-llama/Llama-3.1-8B-Instruct. */
const found = (args: string, more = "") =>
  said("wva/model-id", { "stack.yaml": `${variant()}---\n${server(args, more)}` });

const other = ["error 7 meta-llama/Llama-3.1-8B-Instruct"];

describe("the modelID of a VariantAutoscaling", () => {
  test("is the first served name, which goes before the model", () => {
    const model = '"--model", "meta-llama/Llama-3.1-8B-Instruct"';
    assert.deepEqual(found(`args: [${model}]`), []);
    assert.deepEqual(found(`args: [${model}, "--served-model-name", "llama"]`), other);
    assert.deepEqual(found(`args: [${model}, "--served-model-name=llama"]`), other);
    assert.deepEqual(found(`args: [${model}, "--served-model-name", "meta-llama/Llama-3.1-8B-Instruct", "llama"]`), []);
    assert.deepEqual(
      found(`args: [${model}, "--served-model-name", "llama", "meta-llama/Llama-3.1-8B-Instruct"]`),
      other,
    );
  });

  test("is the word behind vllm serve, also in a script", () => {
    assert.deepEqual(found("command: [vllm, serve, meta-llama/Llama-3.1-8B-Instruct]"), []);
    assert.deepEqual(found("command: [vllm, serve, /models/llama]"), other);
    assert.deepEqual(found('command: [sh, -c, "exec vllm serve /models/llama --port 8000"]'), other);
  });

  test("compares letters as they are", () => {
    assert.deepEqual(found('args: ["--model", "meta-llama/llama-3.1-8b-instruct"]'), other);
  });

  test("is not judged where the name is filled in later, stands in a file, or differs between servers", () => {
    for (const args of [
      'args: ["--model", "$(MODEL)"]',
      'args: ["--model", "/models/llama", "--config", "/etc/vllm.yaml"]',
      'command: [sh, -c, "vllm serve $MODEL"]',
      "args: []",
    ])
      assert.deepEqual(found(args), []);
    const own = server('args: ["--model", "x"]').replace("vllm/vllm-openai:v0.21.0", "registry.example/own:1");
    assert.deepEqual(said("wva/model-id", { "stack.yaml": `${variant()}---\n${own}` }), []);
    const second = '        - {name: b, image: "vllm/vllm-openai:v0.21.0", args: ["--model", "qwen"]}\n';
    assert.deepEqual(found('args: ["--model", "llama"]', second), []);
  });

  test("is not judged without its target, or where an overlay gives the server other arguments", () => {
    assert.deepEqual(said("wva/model-id", { "stack.yaml": variant() }), []);
    const files = {
      "base/stack.yaml": `${variant()}---\n${server('args: ["--model", "/models/llama"]')}`,
      "base/kustomization.yaml": "resources: [stack.yaml]\n",
      "prod/kustomization.yaml": "resources: [../base]\npatches:\n  - path: args.yaml\n",
      "prod/args.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: llama}\nspec: {template: {spec: {containers: [{name: vllm, args: [--model, meta-llama/Llama-3.1-8B-Instruct]}]}}}\n",
    };
    assert.deepEqual(said("wva/model-id", files), []);
  });

  test("tells what is served, and what follows", () => {
    const [finding] = lint({ "stack.yaml": `${variant()}---\n${server('args: ["--model", "/models/llama"]')}` }).filter(
      ({ rule }) => rule === "wva/model-id",
    );
    assert.equal(
      finding?.message,
      'VariantAutoscaling "llama-va": modelID is "meta-llama/Llama-3.1-8B-Instruct", but Deployment "llama" serves "/models/llama" (--model), which is the model_name of its metrics. WVA (to 0.8) finds no metrics of this variant and never scales it; write modelID: /models/llama.',
    );
  });
});
