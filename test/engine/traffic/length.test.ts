import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { stream } from "../../../server/engine/random/stream.ts";
import { type LengthLaw, lengths, longest } from "../../../server/engine/traffic/length.ts";

const drawn = (law: LengthLaw, count: number) => {
  const dice = stream(7, "lengths");
  const table = lengths(law);
  return Uint32Array.from({ length: count }, () => table.draw(dice));
};
const chatPrompts: LengthLaw = { law: "lognormal", mu: 6.63, sigma: 0.99, cap: 8192 };
const codePrompts: LengthLaw = { law: "lognormal", mu: 7, sigma: 1.36, cap: 8192 };

describe("lengths", () => {
  test("of seed 7 are these", () => {
    assert.deepEqual([...drawn(chatPrompts, 8)], [1565, 1502, 1135, 430, 348, 422, 1346, 818]);
    assert.deepEqual([...drawn({ law: "uniform", from: 10, to: 20 }, 8)], [12, 20, 20, 16, 15, 10, 20, 19]);
    assert.deepEqual(
      [...drawn({ law: "empirical", tokens: [5, 100, 7], weights: [1, 2, 1] }, 8)],
      [5, 100, 100, 100, 100, 5, 100, 100],
    );
    assert.deepEqual([...drawn({ law: "fixed", tokens: 1024 }, 3)], [1024, 1024, 1024]);
  });

  test("know their mean: fixed, uniform and empirical ones exactly", () => {
    assert.equal(lengths({ law: "fixed", tokens: 300 }).mean, 300);
    assert.equal(lengths({ law: "uniform", from: 1, to: 3 }).mean, 2);
    assert.equal(lengths({ law: "empirical", tokens: [10, 30], weights: [3, 1] }).mean, 15);
    assert.equal(lengths({ law: "uniform", from: 1, to: 3 }).variation.toFixed(6), (Math.sqrt(2 / 3) / 2).toFixed(6));
  });

  test("of Azure's fits have the means of the traces of 2023 within 5 %, because what is above the cap is the cap", () => {
    assert.equal(lengths(codePrompts).mean.toFixed(0), "2083"); // 2,048 in the trace
    assert.equal(lengths(chatPrompts).mean.toFixed(0), "1206"); // 1,155
    assert.equal(lengths({ law: "lognormal", mu: 5.02, sigma: 0.86, cap: 1536 }).mean.toFixed(0), "217"); // 211
  });

  test("that are lognormal have the mean and the spread of theory where the cap is far away", () => {
    const table = lengths({ law: "lognormal", mu: 5, sigma: 0.5, cap: 20_000 });
    assert.ok(Math.abs(table.mean / Math.exp(5.125) - 1) < 1e-5);
    assert.ok(Math.abs(table.variation / Math.sqrt(Math.exp(0.25) - 1) - 1) < 1e-4);
  });

  test("have the quantiles of their law in 200,000 draws, within 2 %", () => {
    const sorted = drawn(chatPrompts, 200_000).sort();
    for (const [share, z] of [
      [0.1, -1.281552],
      [0.5, 0],
      [0.9, 1.281552],
      [0.97, 1.880794],
    ] as const) {
      const found = sorted[Math.floor(share * sorted.length)] ?? 0;
      assert.ok(Math.abs(found / Math.exp(6.63 + 0.99 * z) - 1) < 0.02, `${share}: ${found}`);
    }
    assert.equal(sorted.at(-1), 8192);
  });

  test("come as often as their weights say: chi-square of 100,000 draws over 10 values is below 27.9, its 99.9 %", () => {
    const weights = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const counts = new Array<number>(10).fill(0);
    for (const length of drawn({ law: "empirical", tokens: weights.map((n) => 10 * n), weights }, 100_000)) {
      counts[length / 10 - 1] = (counts[length / 10 - 1] ?? 0) + 1;
    }
    const square = counts.reduce((sum, count, n) => {
      const expected = (100_000 * (weights[n] ?? 0)) / 55;
      return sum + (count - expected) ** 2 / expected;
    }, 0);
    assert.ok(square < 27.9, String(square));
  });
});

const number = fc.oneof(fc.integer({ min: -10, max: 5000 }), fc.double({ min: -1e3, max: 5e3 }));
const anyLaw: fc.Arbitrary<LengthLaw> = fc.oneof(
  fc.record({ law: fc.constant("fixed" as const), tokens: number }),
  fc.record({ law: fc.constant("uniform" as const), from: number, to: number }),
  fc.record({
    law: fc.constant("lognormal" as const),
    mu: fc.double({ min: -5, max: 40, noNaN: true }),
    sigma: fc.double({ min: 0, max: 8, noNaN: true }),
    cap: fc.integer({ min: 1, max: 4096 }),
  }),
  fc.record({
    law: fc.constant("empirical" as const),
    tokens: fc.array(number, { maxLength: 8 }),
    weights: fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { maxLength: 8 }),
  }),
);

describe("any law of lengths", () => {
  test("gives whole numbers from 1 up to the longest, and its mean is between the least and the most", () =>
    fc.assert(
      fc.property(anyLaw, fc.integer(), (law, seed) => {
        const table = lengths(law);
        const dice = stream(seed, "any");
        const lengthsDrawn = Array.from({ length: 50 }, () => table.draw(dice));
        for (const length of lengthsDrawn) {
          assert.ok(Number.isInteger(length) && length >= 1 && length <= longest, String(length));
        }
        assert.ok(table.mean >= 1 && table.mean <= longest && table.variation >= 0);
        if (law.law === "lognormal") assert.ok(Math.max(...lengthsDrawn) <= law.cap);
      }),
    ));
});
