import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";

const side = (role: string, replicas: string, annotations = "", name = role) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, annotations: {${annotations}}}
spec:
  ${replicas === "" ? "" : `replicas: ${replicas}`}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}, llm-d.ai/role: ${role}}}
    spec: {containers: [{name: m, image: x}]}
`;
const tokens = (input: string, output: string) =>
  `headroom.dev/input-tokens: "${input}", headroom.dev/output-tokens: "${output}"`;
const found = (...documents: string[]) =>
  lint({ "all.yaml": documents.join("---\n") })
    .filter(({ rule }) => rule === "autoscaler/prefill-decode-ratio")
    .map(
      ({ severity, message }) =>
        `${severity} ${/proportion of (\S+);.*about (\S+) is/.exec(message)?.slice(1).join(" for ")}`,
    );

describe("prefill for one decode", () => {
  const table: [input: string, output: string, prefill: string, decode: string, expected: string[]][] = [
    ["1000", "1000", "2", "1", []],
    ["1000", "1000", "4", "1", []],
    ["1000", "1000", "5", "1", ["info 5:1 for 2:1"]],
    ["5000", "1000", "1", "1", ["info 1:1 for 4:1"]],
    ["7500", "1000", "2", "1", ["info 2:1 for 6:1"]],
    ["100000", "1000", "4", "1", []],
    ["10000", "1000", "3", "1", ["info 3:1 for 8:1"]],
    ["100", "1000", "4", "4", []],
    ["${IN}", "1000", "1", "9", []],
    ["0", "1000", "1", "9", []],
    ["5000", "1000", "", "1", []],
  ];
  for (const [input, output, prefill, decode, expected] of table) {
    test(`${prefill} and ${decode} at ${input}:${output}`, () =>
      assert.deepEqual(found(side("prefill", prefill, tokens(input, output)), side("decode", decode)), expected));
  }

  test("is not said without the tokens, with two of a stage, or with an autoscaler", () => {
    const stated = side("prefill", "1", tokens("10000", "1000"));
    assert.deepEqual(found(side("prefill", "1"), side("decode", "1")), []);
    assert.deepEqual(found(stated, side("decode", "1"), side("decode", "1", "", "more")), []);
    const hpa = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: h}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: decode}, maxReplicas: 4}
`;
    assert.deepEqual(found(stated, side("decode", "1"), hpa), []);
  });
});
