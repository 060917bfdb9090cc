import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lint } from "../../support/lint.ts";
import { hpaOf, mended, said } from "./support.ts";

const rule = "hpa/behavior-range";
const outside = (at: string, place: string, bound: string, nearest: number) =>
  `error at ${at}: HorizontalPodAutoscaler "web": spec.behavior.${place} is ${at}, and the API server refuses what is ${bound}. Write ${nearest}.`;
const window = "scaleDown.stabilizationWindowSeconds";

describe("the numbers of a behavior", () => {
  const policy = (value: string, period: string) =>
    `{scaleUp: {policies: [{type: Pods, value: ${value}, periodSeconds: ${period}}]}}`;
  const table: [title: string, behavior: string, expected: string[]][] = [
    ["the longest window", "{scaleDown: {stabilizationWindowSeconds: 3600}}", []],
    [
      "a longer one",
      "{scaleDown: {stabilizationWindowSeconds: 3601}}",
      [outside("3601", window, "above 3600 s", 3600)],
    ],
    ["a negative one", "{scaleDown: {stabilizationWindowSeconds: -1}}", [outside("-1", window, "below 0", 0)]],
    ["the longest period and the smallest step", policy("1", "1800"), []],
    [
      "a longer period",
      policy("1", "1801"),
      [outside("1801", "scaleUp.policies[0].periodSeconds", "above 1800 s", 1800)],
    ],
    ["no period", policy("1", "0"), [outside("0", "scaleUp.policies[0].periodSeconds", "below 1", 1)]],
    ["no step", policy("0", "60"), [outside("0", "scaleUp.policies[0].value", "below 1", 1)]],
    ["a step of more than all", policy("100000", "60"), []],
    ["filled in later", policy("${STEP}", "${PERIOD}"), []],
  ];
  for (const [title, behavior, expected] of table)
    test(title, () => assert.deepEqual(said(rule, { "hpa.yaml": hpaOf({ behavior }) }), expected));

  test("each is told once, and the fix leaves nothing", () => {
    const files = { "hpa.yaml": hpaOf({ behavior: "{scaleDown: {stabilizationWindowSeconds: 7200}}" }) };
    assert.deepEqual(
      lint(files).map((finding) => finding.rule),
      [rule],
    );
    assert.deepEqual(lint(mended(rule, files)), []);
  });
});
