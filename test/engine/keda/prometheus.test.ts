import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readPrometheus } from "../../../server/engine/keda/reading.ts";
import { kedaFeatures } from "../../../server/engine/keda/version.ts";

describe("a Prometheus result", () => {
  const newest = kedaFeatures(20);
  const { POSITIVE_INFINITY, NaN: nan } = Number;
  // keda pkg/scalers/prometheus_scaler.go ExecutePromQuery.
  const table: readonly (readonly [
    what: string,
    elements: readonly number[] | "unreachable",
    ignored: number | string,
    strict: number | string,
  ])[] = [
    ["one element", [4], 4, 4],
    ["none", [], 0, "the query returned no number"],
    ["infinity", [POSITIVE_INFINITY], 0, "the query returned no number"],
    ["no number", [nan], 0, "the query returned no number"],
    ["two elements", [1, 2], "the query returned multiple elements", "the query returned multiple elements"],
    ["no answer", "unreachable", "Prometheus did not answer", "Prometheus did not answer"],
  ];
  const told = (elements: readonly number[] | "unreachable", ignoreNullValues: boolean) => {
    const reading = readPrometheus(elements, ignoreNullValues, newest);
    return reading.kind === "value" ? reading.value : reading.because;
  };
  for (const [what, elements, ignored, strict] of table) {
    test(`of ${what}`, () => assert.deepEqual([told(elements, true), told(elements, false)], [ignored, strict]));
  }

  test("before KEDA 2.20 no number is passed on", () => {
    assert.deepEqual(readPrometheus([nan], false, kedaFeatures(19)), { kind: "value", value: nan });
  });
});
