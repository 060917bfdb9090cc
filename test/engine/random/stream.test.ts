import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Stream, stream } from "../../../server/engine/random/stream.ts";

const words = (drawn: Stream, count = 4) => Array.from({ length: count }, () => drawn.bits() >>> 0);

describe("a stream", () => {
  test("of a seed and a name is the same today and tomorrow", () => {
    assert.deepEqual(words(stream(7, "gaps")), [4247376627, 41524320, 1903143200, 2529855467]);
    assert.deepEqual(words(stream(0, "")), [1902916042, 395404587, 2068316879, 813878823]);
    assert.deepEqual(words(stream(-1, "prompts")), [3635874392, 2535974765, 3089949815, 3026318785]);
  });

  test("takes 32 bits of its seed", () =>
    fc.assert(
      fc.property(fc.integer(), fc.string(), (seed, name) =>
        assert.deepEqual(words(stream(seed, name)), words(stream(seed + 2 ** 32, name))),
      ),
    ));

  test("is another one under another name or another seed", () =>
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.string(), fc.integer(), (seed, a, b, other) => {
        if (a !== b) assert.notDeepEqual(words(stream(seed, a)), words(stream(seed, b)));
        if (seed !== other) assert.notDeepEqual(words(stream(seed, a)), words(stream(other, a)));
      }),
    ));

  test("does not move when another one is drawn from", () => {
    const [alone, beside, other] = [stream(7, "a"), stream(7, "a"), stream(7, "b")];
    const drawn = Array.from({ length: 1000 }, () => [other.bits(), beside.bits()][1]);
    assert.deepEqual(
      drawn,
      Array.from({ length: 1000 }, () => alone.bits()),
    );
  });

  test("has each bit set in half of a million words, within five deviations", () => {
    const drawn = stream(7, "bits");
    const set = new Array<number>(32).fill(0);
    for (let n = 0; n < 1_000_000; n++) {
      const word = drawn.bits();
      for (let bit = 0; bit < 32; bit++) set[bit] = (set[bit] ?? 0) + ((word >>> bit) & 1);
    }
    for (const count of set) assert.ok(Math.abs(count - 500_000) < 5 * 500, String(count));
  });

  test("has no lag at which it or its neighbour repeats: correlations of 100,000 uniforms are below five deviations", () => {
    const count = 100_000;
    const of = (seed: number, name: string) => {
      const drawn = stream(seed, name);
      return Float64Array.from({ length: count + 100 }, () => drawn.uniform() - 0.5);
    };
    const one = of(7, "one");
    for (const other of [one, of(7, "two"), of(8, "one")]) {
      for (let lag = other === one ? 1 : 0; lag < 100; lag++) {
        let sum = 0;
        for (let n = 0; n < count; n++) sum += (one[n] ?? 0) * (other[n + lag] ?? 0);
        // The product of two such uniforms has deviation 1/12.
        assert.ok(Math.abs(sum) < (5 / 12) * Math.sqrt(count), `lag ${lag}: ${sum}`);
      }
    }
  });
});

describe("a number of a stream", () => {
  test("is from 0 up to 1, or above 0, or an integer below a count", () =>
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 31 }), (seed, count) => {
        const drawn = stream(seed, "numbers");
        for (let n = 0; n < 20; n++) {
          const [uniform, positive, below] = [drawn.uniform(), drawn.positive(), drawn.below(count)];
          assert.ok(uniform >= 0 && uniform < 1 && positive > 0 && positive <= 1);
          assert.ok(Number.isInteger(below) && below >= 0 && below < count);
        }
      }),
    ));
});
