import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Course, momentIn } from "../../../server/engine/traffic/course.ts";
import {
  constant,
  profile,
  type Rate,
  ramps,
  rateAt,
  steps,
  times,
  withSpike,
} from "../../../server/engine/traffic/rate.ts";

const at = (rate: Rate, ...moments: number[]) => moments.map((moment) => rateAt(rate, moment));

describe("a rate", () => {
  test("that is constant stays", () => assert.deepEqual(at(constant(5), 0, 1e6), [5, 5]));

  test("of steps jumps at their ends, and the last one stays", () => {
    const rate = steps([
      { rate: 2, lasts: 10 },
      { rate: 0, lasts: 5 },
      { rate: 8, lasts: 5 },
    ]);
    assert.deepEqual(at(rate, 0, 9.999, 10, 14, 15, 20, 100), [2, 2, 0, 0, 8, 8, 8]);
  });

  test("of ramps is straight between its points, and flat before and behind them", () => {
    const rate = ramps([
      { at: 10, rate: 2 },
      { at: 20, rate: 4 },
      { at: 30, rate: 0 },
    ]);
    assert.deepEqual(at(rate, 0, 10, 15, 20, 25, 30, 50), [2, 2, 3, 4, 2, 0, 0]);
  });

  test("of a profile has its values in the middle of their hours and comes again", () => {
    const rate = profile([10, 20, 60], 3600);
    assert.deepEqual(at(rate, 1800, 3600, 5400, 9000, 10_800, 12_600, 1800 + 3 * 10_800), [10, 15, 20, 60, 35, 10, 10]);
  });

  test("with a spike rises, stays and falls back on top of what comes anyway", () => {
    const spike = withSpike(constant(4), { at: 100, rise: 60, lasts: 600, height: { times: 4 } });
    assert.deepEqual(at(spike, 0, 100, 130, 160, 760, 790, 820, 1e4), [4, 4, 10, 16, 16, 10, 4, 4]);
    const sudden = withSpike(
      ramps([
        { at: 0, rate: 0 },
        { at: 100, rate: 10 },
      ]),
      { at: 50, rise: 0, lasts: 10, height: { add: 3 } },
    );
    assert.deepEqual(at(sudden, 49, 50, 55, 60, 100), [4.9, 8, 8.5, 6, 10]);
  });

  test("with a spike at its very start starts high", () => {
    const rate = withSpike(constant(1), { at: 0, rise: 0, lasts: 10, height: { add: 2 } });
    assert.deepEqual(at(rate, 0, 9, 10), [3, 3, 1]);
  });

  test("that comes again has its spike each time", () => {
    const daily = withSpike(profile([1, 1], 50), { at: 20, rise: 0, lasts: 10, height: { times: 3 } });
    assert.deepEqual(at(daily, 10, 25, 40, 125, 225), [1, 3, 1, 3, 3]);
  });
});

const knots = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 50 })), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.map(([lasts, rate]) => ({ lasts, rate })));
const anyRate: fc.Arbitrary<Rate> = fc.oneof(
  knots.map(steps),
  knots.map((parts) => ramps(parts.map(({ rate }, n) => ({ at: n * 37, rate })))),
  fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 24 }).map((values) => profile(values, 60)),
);

describe("the course of a rate", () => {
  test("is the rate at every moment", () =>
    fc.assert(
      fc.property(anyRate, fc.double({ min: 0, max: 5000, noNaN: true }), (rate, moment) =>
        assert.ok(Math.abs(new Course(rate).rate(moment) - rateAt(rate, moment)) < 1e-6),
      ),
    ));

  test("expects the area below the rate", () =>
    fc.assert(
      fc.property(anyRate, fc.integer({ min: 0, max: 3000 }), (rate, from) => {
        const course = new Course(rate);
        let area = 0;
        for (let n = 0; n < 1000; n++) area += rateAt(rate, from + (n + 0.5) / 100) / 100;
        assert.ok(Math.abs(course.expected(from + 10) - course.expected(from) - area) < 0.6);
      }),
    ));

  test("finds the moment of each number that it expects, in the order of time", () =>
    fc.assert(
      fc.property(
        anyRate,
        fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { maxLength: 20 }),
        (rate, numbers) => {
          const course = new Course(rate);
          let before = 0;
          for (const number of numbers.sort((a, b) => a - b)) {
            const moment = momentIn(course.stretchOf(number), number);
            assert.ok(moment >= before || before - moment < 1e-6 * before, `${moment} after ${before}`);
            if (moment < Number.POSITIVE_INFINITY) {
              assert.ok(Math.abs(course.expected(moment) - number) <= 1e-6 * (1 + number));
            }
            before = moment;
          }
        },
      ),
    ));

  test("never reaches a number where nothing comes any more", () => {
    const course = new Course(
      steps([
        { rate: 2, lasts: 10 },
        { rate: 0, lasts: 0 },
      ]),
    );
    assert.deepEqual(
      [10, 20, 21].map((number) => momentIn(course.stretchOf(number), number)),
      [5, 10, Number.POSITIVE_INFINITY],
    );
    const silent = new Course(profile([0, 0], 60));
    assert.equal(momentIn(silent.stretchOf(1), 1), Number.POSITIVE_INFINITY);
  });

  test("is twice as high where the rate is", () =>
    fc.assert(
      fc.property(anyRate, fc.integer({ min: 0, max: 3000 }), (rate, moment) => {
        const [once, twice] = [new Course(rate), new Course(times(rate, 2))];
        assert.ok(Math.abs(twice.expected(moment) - 2 * once.expected(moment)) < 1e-6);
      }),
    ));
});
