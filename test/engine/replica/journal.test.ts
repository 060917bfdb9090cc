import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Journal } from "../../../server/engine/replica/journal.ts";
import { ranked } from "../../../server/engine/replica/percentiles.ts";
import { dice, tierOf } from "./tier.ts";

describe("percentiles", () => {
  const shares = [0.01, 0.5, 0.95, 0.99, 1];
  const byRank = (values: readonly number[]) => {
    const sorted = [...values].sort((a, b) => a - b);
    return shares.map((share) => sorted[Math.max(0, Math.ceil(share * values.length) - 1)]);
  };

  test("are those of nearest rank, of few values and of many", () => {
    const value = fc.oneof(fc.float({ min: 0, max: 1e6, noNaN: true }), fc.constant(Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
        const floats = Float32Array.from(values, Math.abs);
        const wanted = byRank([...floats]);
        assert.deepEqual(ranked(floats, floats.length, shares), wanted);
      }),
    );
    const random = dice(3);
    const many = Float32Array.from({ length: 20_000 }, (_, n) =>
      n % 50 === 0 ? Number.POSITIVE_INFINITY : random() * 10 ** (n % 7),
    );
    const wanted = byRank([...many]);
    assert.deepEqual(ranked(many, many.length, shares), wanted);
  });
});

describe("a window", () => {
  test("is of those that arrived in it, whatever became of them later", () => {
    const journal = new Journal();
    for (const at of [0, 1, 2, 3]) journal.arrive(at);
    journal.firstToken(1, 0.5);
    journal.finish(1, 0.25);
    journal.firstToken(2, 4);
    journal.drop(3);
    const whole = journal.between(0, 10, { ttft: 1, itl: 1 });
    assert.deepEqual(whole, {
      arrived: 4,
      finished: 1,
      dropped: 1,
      withinTtft: 1,
      withinItl: 1,
      withinBoth: 1,
      ttft: { of: "requests", mean: 2.25, p50: 4, p95: Number.POSITIVE_INFINITY, p99: Number.POSITIVE_INFINITY },
      itl: {
        of: "requests",
        mean: 0.25,
        p50: Number.POSITIVE_INFINITY,
        p95: Number.POSITIVE_INFINITY,
        p99: Number.POSITIVE_INFINITY,
      },
    });
    assert.equal(journal.between(1, 3, {}).arrived, 2);
    assert.deepEqual(journal.between(1, 2, {}).ttft, { of: "requests", mean: 0.5, p50: 0.5, p95: 0.5, p99: 0.5 });
    assert.equal(journal.between(4, 9, {}).ttft, undefined);
  });

  test("holds a request that has not ended for worse than any that has", () => {
    const tier = tierOf(1, [
      { at: 0, isl: 10, osl: 5 },
      { at: 0, isl: 10, osl: 5 },
      { at: 0, isl: 10, osl: 9000 },
    ]);
    tier.advance(5);
    const { itl, finished } = tier.window(0, 5);
    assert.equal(finished, 2);
    assert.ok((itl?.p50 ?? 1) < 0.02);
    assert.equal(itl?.p95, Number.POSITIVE_INFINITY);
  });
});
