import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseSpan } from "../../../server/text/values/duration.ts";
import { respelled } from "../../../server/text/values/respell.ts";

describe("a number in the unit of another", () => {
  test("keeps thousandths, percent and multiples", () => {
    assert.equal(respelled("500m", 0.7, "amount"), "700m");
    assert.equal(respelled("80%", 0.55, "amount"), "55%");
    assert.equal(respelled("2k", 3500, "amount"), "3.5k");
    assert.equal(respelled("10Gi", 12 * 2 ** 30, "amount"), "12Gi");
    assert.equal(respelled("5", 5.25, "amount"), "5.25");
    assert.equal(respelled("0.8", 0.1 + 0.2, "amount"), "0.3");
  });

  test("tells a time in the largest unit up to the old one in which it is whole", () => {
    assert.equal(respelled("4m", 300, "seconds"), "5m");
    assert.equal(respelled("4m", 250, "seconds"), "250s");
    assert.equal(respelled("1h30m", 7200, "seconds"), "2h");
    assert.equal(respelled("90s", 120, "seconds"), "120s");
    assert.equal(respelled("90s", 0.25, "seconds"), "250ms");
    assert.equal(respelled("60", 45, "seconds"), "45");
  });

  test("is not told where nothing was one, or no digits can", () => {
    for (const written of ["twelve", "", "1e5", "5 pods", "0x10", "4q"])
      assert.equal(respelled(written, 1, "amount"), undefined);
    assert.equal(respelled("5", 1e30, "amount"), undefined);
    assert.equal(respelled("90s", -3, "seconds"), undefined);
  });

  test("reads back as what was written, to a thousandth of a second", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("90s", "4m", "2h", "1h30m"),
        fc.integer({ min: 1, max: 1e7 }),
        (written, thousandths) => {
          const text = respelled(written, thousandths / 1000, "seconds");
          assert.ok(Math.abs((parseSpan(text ?? "") ?? Number.NaN) - thousandths / 1000) < 1e-6, text);
        },
      ),
    );
  });
});
