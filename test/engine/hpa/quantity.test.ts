import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { milliOf, milliOfQuantity } from "../../../server/engine/hpa/public.ts";

/** k8s.io/apimachinery pkg/api/resource: MilliValue rounds up. */
const quantities: readonly (readonly [string | number, number | bigint | undefined])[] = [
  ["300m", 300],
  ["1", 1000],
  [10, 1000 * 10],
  ["0.5", 500],
  [".5", 500],
  ["5.", 5000],
  ["+2", 2000],
  ["-300m", -300],
  ["0.0001", 1],
  ["-0.0001", 0],
  ["1n", 1],
  ["1500u", 2],
  ["2k", 2_000_000],
  ["1Ki", 1_024_000],
  ["1.5Gi", 1_610_612_736_000],
  ["2e3", 2_000_000],
  ["2E3", 2_000_000],
  ["1E", 2n ** 63n - 1n],
  ["10P", 2n ** 63n - 1n],
  ["9P", 9n * 10n ** 18n],
  ["9007199254740993m", 9_007_199_254_740_993n],
  ["1e9999", 2n ** 63n - 1n],
  ["-1e9999", -(2n ** 63n)],
  ["1e-9999", 1],
  ["0e9999", 0],
  ["", undefined],
  ["m", undefined],
  [".", undefined],
  ["1 Gi", undefined],
  ["1ki", undefined],
  ["1e", undefined],
  ["1kk", undefined],
  ["0x10", undefined],
  ["1e99999", undefined],
  ["9".repeat(100_000), undefined],
];

for (const [written, milli] of quantities) {
  test(`the quantity ${String(written).slice(0, 20)} is ${milli} thousandths`, () => {
    assert.equal(milliOfQuantity(written), milli);
  });
}

test("a measured number is cut off behind the third decimal", () => {
  assert.deepEqual([0.9999, 2.5, -0.0019, Number.POSITIVE_INFINITY, Number.NaN].map(milliOf), [
    999,
    2500,
    -1,
    2n ** 63n - 1n,
    0,
  ]);
});

test("any text is a quantity or none, and says so", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const milli = milliOfQuantity(text);
      assert.ok(milli === undefined || typeof milli === "number" || typeof milli === "bigint");
    }),
  );
});
