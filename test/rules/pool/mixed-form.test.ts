import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Files, lint } from "../../support/lint.ts";
import { mended, messages, running, said } from "../epp/support.ts";

const rule = "pool/mixed-form";
const v1 = "inference.networking.k8s.io/v1";
const v1alpha2 = "inference.networking.x-k8s.io/v1alpha2";
const pool = (apiVersion: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: InferencePool\nmetadata:\n  name: qwen\nspec:${spec}`;
const on = (text: string): Files => ({ "pool.yaml": text, ...running("0.10") });

const oldForm = `
  # the port of vLLM
  targetPortNumber: 8000 # not the sidecar's
  selector:
    # all of the model's pods
    app: qwen # from the chart

    llm-d.ai/model: "qwen3" # quoted
  extensionRef:
    name: qwen-epp
    portNumber: 9002 # gRPC
    failureMode: FailOpen
`;
const newForm = `
  # the port of vLLM
  targetPorts:
    - number: 8000 # not the sidecar's
  selector:
    # all of the model's pods
    matchLabels:
      app: qwen # from the chart

      llm-d.ai/model: "qwen3" # quoted
  endpointPickerRef:
    name: qwen-epp
    port:
      number: 9002 # gRPC
    failureMode: FailOpen
`;
const fix = "Write it in the form of v1";

describe("an InferencePool", () => {
  test("of v1 in the form of v1alpha2 is told once, and written anew with its comments", () => {
    const files = on(pool(v1, oldForm));
    assert.deepEqual(
      lint(files).map(({ rule }) => rule),
      [rule],
    );
    assert.deepEqual(messages(rule, files), [
      'InferencePool "qwen" is of v1 and has the form of v1alpha2 (a flat selector, targetPortNumber and extensionRef): the API server drops that and refuses the pool. Write selector.matchLabels, targetPorts and endpointPickerRef.',
    ]);
    assert.equal(mended(rule, files, fix)["pool.yaml"], pool(v1, newForm));
  });

  test("of v1alpha2 that the router no longer reads is written anew whole", () => {
    const files = on(pool(v1alpha2, oldForm));
    assert.deepEqual(said("schema/other-version", files), ["error apiVersion"]);
    assert.equal(mended("schema/other-version", files, fix)["pool.yaml"], pool(v1, newForm));
  });

  test("of v1alpha2 in the form of v1 is told once, and gets the other apiVersion", () => {
    const files = on(pool(v1alpha2, newForm));
    assert.deepEqual(
      lint(files).map(({ rule }) => rule),
      [rule],
    );
    assert.equal(mended(rule, files, fix)["pool.yaml"], pool(v1, newForm));
  });

  test("that is half in each form is written anew", () => {
    const half = newForm
      .replace("targetPorts:\n    - number", "targetPortNumber")
      .replace(/targetPortNumber: 8000.*/, "targetPortNumber: 8000");
    const whole = newForm.replace(" # not the sidecar's", "");
    for (const version of [v1, v1alpha2])
      assert.equal(mended(rule, on(pool(version, half)), fix)["pool.yaml"], pool(v1, whole));
  });

  test("on one line stays on one line, and gets the port that the chart's Service has", () => {
    const flow = " {selector: {app: qwen}, targetPortNumber: 8000, extensionRef: {name: qwen-epp}}\n";
    assert.equal(
      mended(rule, on(pool(v1, flow)), fix)["pool.yaml"],
      pool(
        v1,
        " {selector: {matchLabels: {app: qwen}}, targetPorts: [{number: 8000}], endpointPickerRef: {name: qwen-epp, port: {number: 9002}}}\n",
      ),
    );
  });

  const table: [title: string, files: Files, ...said: string[]][] = [
    ["of v1 in its form", on(pool(v1, newForm))],
    ["of v1alpha2 in its form", on(pool(v1alpha2, oldForm))],
    [
      "with one key of before",
      on(pool(v1, newForm.replace(/endpointPickerRef:/, "extensionRef:"))),
      "error extensionRef",
    ],
    ["with a misspelt matchLabels", on(pool(v1, newForm.replace("matchLabels", "matchLabel")))],
    ["with expressions", on(pool(v1, newForm.replace("matchLabels:", "matchExpressions: []\n    matchLabels:")))],
    [
      "that is a part of one, to be merged by a kustomization",
      {
        "pool.yaml": pool(v1, "\n  targetPortNumber: 8000\n"),
        "kustomization.yaml": "patches: [{path: pool.yaml}]\n",
      },
    ],
  ];
  for (const [title, files, ...expected] of table) test(title, () => assert.deepEqual(said(rule, files), expected));

  const left: [title: string, spec: string][] = [
    ["no picker is named", oldForm.replace(/ {2}extensionRef:[\s\S]*/, "")],
    ["two keys name the port", `${oldForm}  targetPorts: [{number: 8001}]\n`],
    ["an anchor shares the selector", oldForm.replace("selector:", "selector: &labels")],
    ["a template fills the port in", oldForm.replace("8000", '"{{ .port }}"')],
  ];
  for (const [title, spec] of left)
    test(`is left to its author where ${title}`, () => {
      assert.equal(said(rule, on(pool(v1, spec))).length, 1);
      assert.throws(() => mended(rule, on(pool(v1, spec)), fix), /there is no fix/);
    });
});
