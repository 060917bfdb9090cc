import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";
import { all, hpa, server, start } from "./servers.ts";

function said(rule: string, files: Files): string[] {
  return lint(files)
    .filter((finding) => finding.rule === rule)
    .map((finding) => `${finding.severity} ${cut(files, finding)}`);
}

const grace = (seconds: number | string) => `      terminationGracePeriodSeconds: ${seconds}`;
const hook = "          lifecycle: {preStop: {sleep: {seconds: 15}}}\n";

describe("pods/grace-period", () => {
  const table: [title: string, files: Files, expected: string[]][] = [
    ["the default, scaled", all(server(), hpa()), ["warning main"]],
    ["30 s, scaled", all(server({ pod: grace(30) }), hpa()), ["warning 30"]],
    ["31 s", all(server({ pod: grace(31) }), hpa()), []],
    ["30 s with a hook", all(server({ pod: grace(30), container: hook }), hpa()), ["info 30"]],
    ["the default, and nothing scales it", all(server()), []],
    ["filled in later", all(server({ pod: grace('"${GRACE}"') }), hpa()), []],
    ["a batch job", all(server({ image: "registry.example.com/train:1" }), hpa()), []],
  ];
  for (const [title, files, expected] of table) {
    test(title, () => assert.deepEqual(said("pods/grace-period", files), expected));
  }

  test("the fix writes 180 into the pod template", () => {
    const files = all(server(), hpa());
    const edits = lint(files).find(({ rule }) => rule === "pods/grace-period")?.fixes[0]?.edits ?? [];
    assert.match(applyEdits(files, edits)["all.yaml"] ?? "", /^ {6}terminationGracePeriodSeconds: 180$/m);
  });
});

describe("pods/no-readiness-probe", () => {
  const probe = (kind: string) => `          ${kind}: {httpGet: {path: /health, port: 8000}, failureThreshold: 30}\n`;
  const table: [title: string, files: Files, expected: string[]][] = [
    ["none, scaled", all(server(), hpa()), ["warning main"]],
    ["none, and nothing scales it", all(server()), []],
    ["a readiness probe", all(server({ container: probe("readinessProbe") }), hpa()), []],
    [
      "a startup probe: until it succeeds the pod is not ready",
      all(server({ container: probe("startupProbe") }), hpa()),
      [],
    ],
    ["only a liveness probe", all(server({ container: probe("livenessProbe") }), hpa()), ["warning main"]],
    ["a simulator", all(server({ image: "ghcr.io/llm-d/vllm-sim:1" }), hpa()), []],
  ];
  for (const [title, files, expected] of table) {
    test(title, () => assert.deepEqual(said("pods/no-readiness-probe", files), expected));
  }
});

describe("pods/progress-deadline", () => {
  const deadline = (seconds: number) => `  progressDeadlineSeconds: ${seconds}`;
  const table: [title: string, files: Files, expected: string[]][] = [
    ["the default of 600 s for 400 s", all(server({ metadata: start(400) })), []],
    ["the default of 600 s for 401 s", all(server({ metadata: start(401) })), ["info llama"]],
    ["one and a half starts", all(server({ metadata: start(300), spec: deadline(450) })), []],
    ["less", all(server({ metadata: start(300), spec: deadline(449) })), ["info 449"]],
    ["a start that is only assumed", all(server({ spec: deadline(60) })), []],
    ["a StatefulSet has none", all(server({ kind: "StatefulSet", metadata: start(500) })), []],
  ];
  for (const [title, files, expected] of table) {
    test(title, () => assert.deepEqual(said("pods/progress-deadline", files), expected));
  }
});

describe("pods/single-replica", () => {
  const variant =
    "apiVersion: llmd.ai/v1alpha1\nkind: VariantAutoscaling\nmetadata: {name: v}\nspec: {scaleTargetRef: {kind: Deployment, name: llama}, modelID: m}\n";
  const wva = hpa().replace("vllm_num_requests_waiting", "wva_desired_replicas");
  const table: [title: string, files: Files, expected: string[]][] = [
    ["one, 121 s", all(server({ metadata: start(121), spec: "  replicas: 1" })), ["info 1"]],
    ["one, 120 s", all(server({ metadata: start(120), spec: "  replicas: 1" })), []],
    ["a start that is only assumed", all(server({ spec: "  replicas: 1" })), []],
    ["no count: an autoscaler that is elsewhere may own it", all(server({ metadata: start(300) })), []],
    ["two", all(server({ metadata: start(300), spec: "  replicas: 2" })), []],
    ["a minimum of one", all(server({ metadata: start(300) }), hpa()), ["info 1"]],
    ["a minimum of two", all(server({ metadata: start(300) }), hpa({ min: 2 })), []],
    ["WVA 0.5 needs that minimum", all(server({ metadata: start(300) }), hpa(), variant), []],
    ["the same, the variant in another place", all(server({ metadata: start(300) }), wva), []],
    ["development", { "dev/all.yaml": server({ metadata: start(300), spec: "  replicas: 1" }) }, []],
  ];
  for (const [title, files, expected] of table) {
    test(title, () => assert.deepEqual(said("pods/single-replica", files), expected));
  }
});
