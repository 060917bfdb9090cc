import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { applyEdits, cut, type Files, lint } from "../../support/lint.ts";

const scaledObject = (triggers: string) => `apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec:
  scaleTargetRef: {name: web}
  maxReplicaCount: 4
  triggers:
${triggers}`;

function findings(files: Files) {
  return lint(files).filter(({ rule }) => rule === "keda/metric-type-in-metadata");
}

/** What the rule says of some triggers, whether its fix is safe, and the triggers after it. */
function mended(triggers: string): { message: string; safe: boolean | undefined; after: string } {
  const files = { "so.yaml": scaledObject(triggers) };
  const [finding] = findings(files);
  assert.equal(finding?.severity, "error");
  assert.equal(finding === undefined ? "" : cut(files, finding), "metricType");
  const fix = finding?.fixes[0];
  const after = fix === undefined ? files : applyEdits(files, fix.edits);
  if (fix !== undefined) assert.deepEqual(findings(after), []);
  return {
    message: finding?.message ?? "",
    safe: fix?.safe,
    after: after["so.yaml"].slice(scaledObject("").length),
  };
}

const kafka = (rest: string) => `    - type: kafka\n      metadata:\n        topic: prompts\n${rest}`;

describe("metricType moves beside type", () => {
  const table: [title: string, before: string, safe: boolean | undefined, after: string, message: RegExp][] = [
    [
      "AverageValue is the default anyway",
      kafka("        metricType: AverageValue\n"),
      true,
      kafka("      metricType: AverageValue\n"),
      /metricType AverageValue in the metadata of the kafka trigger is ignored; AverageValue counts only as the default/,
    ],
    [
      "Value changes what the HPA does",
      kafka("        metricType: Value # ratio\n        lagThreshold: '5'\n"),
      false,
      kafka("        lagThreshold: '5'\n      metricType: Value\n"),
      /metricType Value .* ignored; AverageValue counts as the default/,
    ],
    [
      "behind a block scalar",
      "    - type: prometheus\n      metadata:\n        metricType: Value\n        # the queue\n        query: |\n          sum(x)\n",
      false,
      "    - type: prometheus\n      metadata:\n        # the queue\n        query: |\n          sum(x)\n      metricType: Value\n",
      /prometheus trigger/,
    ],
    [
      "between other keys of the trigger",
      kafka('        metricType: "Value"\n      authenticationRef:\n        name: kafka\n'),
      false,
      kafka("      authenticationRef:\n        name: kafka\n      metricType: Value\n"),
      /kafka/,
    ],
    [
      "alone in the metadata of a cpu trigger, which KEDA refuses without it",
      "    - type: cpu\n      metadata:\n        metricType: Utilization\n",
      false,
      "    - type: cpu\n      metadata:\n        {}\n      metricType: Utilization\n",
      /metricType Utilization .* ignored, and KEDA refuses a cpu trigger without one/,
    ],
    [
      "AverageValue of a memory trigger has no default to fall back on",
      "    - type: memory\n      metadata: {metricType: AverageValue, value: 1Gi}\n",
      false,
      "    - type: memory\n      metadata: {value: 1Gi}\n      metricType: AverageValue\n",
      /KEDA refuses a memory trigger/,
    ],
    [
      "in flow style",
      "    - {type: kafka, metadata: {topic: x, metricType: Value}}\n",
      false,
      "    - {type: kafka, metadata: {topic: x}, metricType: Value}\n",
      /kafka/,
    ],
    [
      "the trigger has one already",
      "    - type: kafka\n      metricType: Value\n      metadata:\n        topic: x\n        metricType: AverageValue\n",
      true,
      "    - type: kafka\n      metricType: Value\n      metadata:\n        topic: x\n",
      /metricType AverageValue .* is ignored; Value beside type counts\. Remove it/,
    ],
    [
      "an empty one beside type is filled",
      kafka("        metricType: Value\n      metricType:\n"),
      false,
      kafka("      metricType: Value\n"),
      /kafka/,
    ],
    [
      "Utilization would be refused there",
      kafka("        metricType: Utilization\n"),
      true,
      kafka(""),
      /Remove it: beside type it would be refused/,
    ],
    [
      "a cpu trigger would be refused with Value",
      "    - type: cpu\n      metadata: {metricType: Value, value: '70'}\n",
      undefined,
      "    - type: cpu\n      metadata: {metricType: Value, value: '70'}\n",
      /KEDA refuses a cpu trigger/,
    ],
    [
      "a value that is filled in later stays where it is",
      kafka('        metricType: "${TYPE}"\n'),
      undefined,
      kafka('        metricType: "${TYPE}"\n'),
      /ignored/,
    ],
  ];
  for (const [title, before, safe, after, message] of table) {
    test(title, () => {
      const done = mended(before);
      assert.equal(done.after, after);
      assert.equal(done.safe, safe);
      assert.match(done.message, message);
    });
  }

  test("metadata that several triggers share is left as it is", () => {
    const first = "    - {type: kafka, metadata: &common {topic: x, metricType: Value}}\n";
    const found = findings({ "so.yaml": scaledObject(`${first}    - type: kafka\n      metadata: *common\n`) });
    assert.deepEqual(
      found.map(({ fixes }) => fixes),
      [[]],
    );
  });

  test("each trigger is told by itself", () => {
    const two = kafka("        metricType: Value\n") + kafka("        metricType: AverageValue\n");
    assert.deepEqual(
      findings({ "so.yaml": scaledObject(two) }).map(({ message }) => /metricType (\w+)/.exec(message)?.[1]),
      ["Value", "AverageValue"],
    );
  });

  test("beside type it is right", () => {
    assert.deepEqual(findings({ "so.yaml": scaledObject(kafka("      metricType: Value\n")) }), []);
  });

  test("with Windows line breaks", () => {
    const text = (triggers: string) => scaledObject(triggers).replaceAll("\n", "\r\n");
    const files = { "so.yaml": text(kafka("        metricType: Value\n")) };
    const edits = findings(files)[0]?.fixes[0]?.edits ?? [];
    assert.equal(applyEdits(files, edits)["so.yaml"], text(kafka("      metricType: Value\n")));
  });

  test("in an item of a List", () => {
    const item = scaledObject(kafka("        metricType: Value\n"))
      .trimEnd()
      .replace(/^/gm, "    ")
      .replace("    ", "  - ");
    assert.equal(findings({ "list.yaml": `apiVersion: v1\nkind: List\nitems:\n${item}\n` }).length, 1);
  });
});
