import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { exponential, gamma, lognormal, normal } from "../../../server/engine/random/draws.ts";
import { microseconds } from "../../../server/engine/random/quantise.ts";
import { type Stream, stream } from "../../../server/engine/random/stream.ts";

type Law = (drawn: Stream) => number;

const draws = (law: Law, count: number, seed = 7) => {
  const drawn = stream(seed, "draws");
  return Float64Array.from({ length: count }, () => law(drawn));
};

/** The first four, to the last bit. */
const golden: [string, Law, number[]][] = [
  ["exponential", exponential, [1.7487079020275706, 2.0276313261001504, 0.1496932449203533, 0.06299855584453257]],
  ["normal", normal, [-1.4124326014051753, 2.4485142979382823, 0.3647200295560034, 0.17648185431218363]],
  [
    "lognormal(7, 1.36)",
    (drawn) => lognormal(drawn, 7, 1.36),
    [160.62808506396746, 30637.482149362906, 1800.859338424652, 1394.1153311491153],
  ],
  [
    "gamma of shape 4",
    (drawn) => gamma(drawn, 4),
    [1.5725518577518396, 4.410330967405114, 2.1043100541046766, 8.821112188122026],
  ],
  [
    "gamma of shape 0.25",
    (drawn) => gamma(drawn, 0.25),
    [0.06613178987729958, 0.0004123382661266428, 0.5191693934306029, 0.0071087366751362594],
  ],
];

describe("the draws of seed 7", () => {
  for (const [name, law, expected] of golden) {
    test(`of the ${name} law`, () => assert.deepEqual([...draws(law, 4)], expected));
  }
});

/** Mean, variance and third moment about the mean that theory gives. */
const moments: [string, Law, number, number, number][] = [
  ["exponential", exponential, 1, 1, 2],
  ["normal", normal, 0, 1, 0],
  ["lognormal(0, 0.5)", (drawn) => lognormal(drawn, 0, 0.5), Math.exp(0.125), 0.364696, 0.38542],
  ["gamma of shape 4", (drawn) => gamma(drawn, 4), 4, 4, 8],
  ["gamma of shape 0.25", (drawn) => gamma(drawn, 0.25), 0.25, 0.25, 0.5],
];

describe("a million draws", () => {
  for (const [name, law, mean, variance, third] of moments) {
    test(`of the ${name} law have its mean within 0.5 %, its variance within 1 % and its skew within 3 % of the scale`, () => {
      const drawn = draws(law, 1_000_000);
      const deviation = Math.sqrt(variance);
      const found = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
      const second = drawn.reduce((sum, x) => sum + (x - mean) ** 2, 0) / drawn.length;
      const cubed = drawn.reduce((sum, x) => sum + (x - mean) ** 3, 0) / drawn.length;
      assert.ok(Math.abs(found - mean) < 0.005 * deviation, `mean ${found}`);
      assert.ok(Math.abs(second / variance - 1) < 0.01, `variance ${second}`);
      assert.ok(Math.abs(cubed - third) < 0.03 * Math.max(third, deviation ** 3), `third moment ${cubed}`);
    });
  }
});

/** Share of the law below some points. */
const shares: [string, Law, [number, number][]][] = [
  [
    "normal",
    normal,
    [
      [-3.5, 0.00023263],
      [-1, 0.158655],
      [0, 0.5],
      [0.5, 0.691462],
      [2, 0.97725],
      [3.6, 0.999841],
    ],
  ],
  [
    "exponential",
    exponential,
    [
      [0.01, 0.00995],
      [1, 0.632121],
      [3, 0.950213],
      [6.9, 0.998992],
      [8, 0.999665],
    ],
  ],
];

describe("the share of a million draws below a point", () => {
  for (const [name, law, points] of shares) {
    test(`is that of the ${name} law within five deviations`, () => {
      const drawn = draws(law, 1_000_000).sort();
      for (const [point, share] of points) {
        const below = drawn.findIndex((x) => x >= point) / drawn.length;
        const deviation = Math.sqrt((share * (1 - share)) / drawn.length);
        assert.ok(Math.abs(below - share) < 5 * deviation, `${point}: ${below} and not ${share}`);
      }
    });
  }
});

describe("a draw", () => {
  test("is finite, and not negative where the law is not, for any seed", () =>
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.01, max: 100, noNaN: true }), (seed, shape) => {
        for (const law of [exponential, (drawn: Stream) => gamma(drawn, shape)]) {
          for (const x of draws(law, 50, seed)) assert.ok(Number.isFinite(x) && x >= 0);
        }
        for (const x of draws(normal, 50, seed)) assert.ok(Number.isFinite(x));
      }),
    ));

  test("of a time is whole microseconds, and the order of times stays", () =>
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (a, b) => {
          assert.equal(Math.round(microseconds(a) * 1e6) / 1e6, microseconds(a));
          assert.ok(a <= b ? microseconds(a) <= microseconds(b) : microseconds(a) >= microseconds(b));
        },
      ),
    ));
});
