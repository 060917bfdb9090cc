import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { exp, ln } from "../../../server/engine/random/portable.ts";

/** Two bits of a double's 53. */
const close = 2 ** -51;

describe("portable arithmetic", () => {
  test("agrees with Math.exp to its last two bits", () =>
    fc.assert(
      fc.property(fc.double({ min: -708, max: 709.7, noNaN: true }), (x) =>
        assert.ok(Math.abs(exp(x) / Math.exp(x) - 1) <= close, String(x)),
      ),
    ));

  test("agrees with Math.log to its last two bits", () =>
    fc.assert(
      fc.property(fc.double({ min: 5e-324, noNaN: true, noDefaultInfinity: true }), (x) =>
        assert.ok(Math.abs(ln(x) - Math.log(x)) <= close * Math.max(1, Math.abs(Math.log(x))), String(x)),
      ),
    ));

  test("keeps the ends", () => {
    assert.deepEqual([exp(0), exp(710), exp(-746), exp(Number.NaN)], [1, Number.POSITIVE_INFINITY, 0, Number.NaN]);
    assert.deepEqual([exp(-745), exp(709.7) < Number.POSITIVE_INFINITY], [5e-324, true]);
    assert.deepEqual([ln(1), ln(0), ln(-1)], [0, Number.NEGATIVE_INFINITY, Number.NaN]);
    assert.equal(ln(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
  });

  test("gives these bits on every platform", () => {
    assert.equal(exp(-1), 0.36787944117144233);
    assert.equal(exp(6.63), 757.4821706418094);
    assert.equal(ln(7), 1.9459101490553132);
    assert.equal(ln(1e-9), -20.72326583694641);
  });
});
