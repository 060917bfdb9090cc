import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../support/lint.ts";

const hpa = (before: string, inside = "") => `${before}apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: llama
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: llama}
  maxReplicas: 4
  metrics:
    - {type: Pods, pods: {metric: {name: vllm_num_requests_waiting}, target: {type: AverageValue, averageValue: 5}}}
  behavior:
    scaleUp:
${inside}      stabilizationWindowSeconds: 15
`;

const saturation = (comment: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: wva-saturation-scaling-config
data:
  default: |
    queueLengthThreshold: 3
${comment}    queueSpareTrigger: 5
`;

function found(text: string): string[] {
  return lint({ "a.yaml": text }).map(({ rule, severity, range }) => `${rule} ${severity} ${range.start.line + 1}`);
}

describe("a suppression", () => {
  test("of the next line holds back that line's finding", () => {
    assert.deepEqual(found(hpa("")), ["hpa/scale-up-window warning 12"]);
    assert.deepEqual(
      found(hpa("", "      # headroom-disable-next-line hpa/scale-up-window -- pods start in 5 s\n")),
      [],
    );
  });

  test("speaks of the next line that is not a comment", () => {
    const stacked =
      "      # headroom-disable-next-line hpa/scale-up-window -- pods start in 5 s\n      # measured in May\n\n";
    assert.deepEqual(found(hpa("", stacked)), []);
  });

  test("of another rule holds nothing back and is told", () => {
    const other = "      # headroom-disable-next-line hpa/scale-down-window -- because\n";
    assert.deepEqual(found(hpa("", other)), ["suppression/unused info 12", "hpa/scale-up-window warning 13"]);
  });

  test("of a document counts for all of it, and not for the next document", () => {
    const text = hpa("# headroom-disable hpa/scale-up-window -- a test stack\n");
    assert.deepEqual(found(text), []);
    assert.deepEqual(found(`${text}---\n${hpa("")}`), ["hpa/scale-up-window warning 26"]);
  });

  test("may name several rules", () => {
    const both = "      # headroom-disable-next-line hpa/scale-down-window, hpa/scale-up-window -- because\n";
    assert.deepEqual(found(hpa("", both)), ["suppression/unused info 12"]);
  });

  test("without a reason works, and asks for one", () => {
    assert.deepEqual(found(hpa("", "      # headroom-disable-next-line hpa/scale-up-window\n")), [
      "suppression/no-reason info 12",
    ]);
  });

  test("of a rule that does not exist says which one was meant", () => {
    const [finding] = lint({ "a.yaml": hpa("# headroom-disable hpa/scaleup-window -- x\n") });
    assert.match(finding?.message ?? "", /no rule hpa\/scaleup-window \(did you mean hpa\/scale-up-window\?\)/);
  });

  test("works inside an embedded document, and the outer document can speak for it", () => {
    assert.deepEqual(found(saturation("")), ["wva/trigger-unreachable error 8"]);
    assert.deepEqual(found(saturation("    # headroom-disable-next-line wva/trigger-unreachable -- idle stack\n")), []);
    assert.deepEqual(found(`# headroom-disable wva/trigger-unreachable -- idle stack\n${saturation("")}`), []);
  });

  test("in a string is no suppression", () => {
    const text = hpa("").replace(
      "name: llama\n",
      'name: llama\n  annotations: {x: "a # headroom-disable hpa/scale-up-window -- x"}\n',
    );
    assert.deepEqual(found(text), ["hpa/scale-up-window warning 13"]);
  });
});
