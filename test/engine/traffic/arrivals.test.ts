import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Arrivals, newChunk } from "../../../server/engine/traffic/arrivals.ts";
import { drawArrivals } from "../../../server/engine/traffic/draw.ts";
import { presets } from "../../../server/engine/traffic/presets.ts";
import { constant, profile, ramps } from "../../../server/engine/traffic/rate.ts";
import type { Traffic } from "../../../server/engine/traffic/traffic.ts";
import { rowsOf } from "./rows.ts";

const steady: Traffic = {
  rate: constant(10),
  variation: 1,
  prompt: { law: "lognormal", mu: 6.63, sigma: 0.99, cap: 8192 },
  output: { law: "uniform", from: 100, to: 300 },
};
const chats: Traffic = {
  ...steady,
  system: { count: 4, tokens: 500 },
  sessions: { turns: { law: "uniform", from: 1, to: 9 }, pause: 20, context: 32_768 },
};

const times = (traffic: Traffic, count: number, seed = 7) => rowsOf(drawArrivals(traffic, seed), count).time;

describe("arrivals", () => {
  test("of seed 7 are these", () => {
    assert.deepEqual(firstRows(steady), [
      [0.050505, 0.169498, 0.210766, 0.282446, 0.378247],
      [2033, 357, 483, 695, 420],
      [158, 185, 268, 254, 262],
      [-1, -1, -1, -1, -1],
      [0, 0, 0, 0, 0],
      [-1, -1, -1, -1, -1],
      [0, 0, 0, 0, 0],
    ]);
    assert.deepEqual(firstRows({ ...steady, variation: 2 }), [
      [0.5124, 0.512828, 0.515367, 0.516232, 0.518942],
      [2033, 357, 483, 695, 420],
      [158, 185, 268, 254, 262],
      [-1, -1, -1, -1, -1],
      [0, 0, 0, 0, 0],
      [-1, -1, -1, -1, -1],
      [0, 0, 0, 0, 0],
    ]);
    assert.deepEqual(firstRows(chats), [
      [0.050505, 0.169498, 0.210766, 0.282446, 0.378247],
      [3766, 1925, 7197, 11586, 6119],
      [158, 185, 268, 254, 262],
      [85, 152, 74, 61, 157],
      [1, 2, 5, 6, 1],
      [0, 2, 2, 2, 1],
      [1233, 1068, 6214, 10391, 5199],
    ]);
  });

  test("are the same in chunks of any size, and with any stops on the way", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(steady, chats, { ...steady, variation: 3, system: { count: 2, tokens: 10 } }),
        fc.integer(),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        (traffic, seed, sizes) => {
          const whole = rowsOf(drawArrivals(traffic, seed), 200);
          const source = drawArrivals(traffic, seed);
          const pieces: Arrivals[] = [];
          for (let n = 0, until = 0; n < 30; n++) {
            const chunk = newChunk(sizes[n % sizes.length] ?? 1);
            until += 0.7;
            pieces.push(cut(chunk, source.fill(chunk, until)));
          }
          const joined = join(pieces);
          const count = Math.min(200, joined.time.length);
          assert.deepEqual(cut(joined, count), cut(whole, count));
        },
      ),
      { numRuns: 30 },
    ));

  test("before a moment are those before it", () => {
    const source = drawArrivals(steady, 7);
    const chunk = newChunk(1000);
    const count = source.fill(chunk, 5);
    const next = newChunk(1);
    source.fill(next, Number.POSITIVE_INFINITY);
    assert.ok((chunk.time[count - 1] ?? 5) < 5 && (next.time[0] ?? 0) >= 5);
    assert.equal(source.fill(newChunk(10), 5), 0);
  });

  test("come in the order of time and in whole microseconds, with prompts and answers of a token at least", () =>
    fc.assert(
      fc.property(fc.constantFrom(...presets), fc.integer(), ({ traffic }, seed) => {
        const rows = rowsOf(drawArrivals(traffic, seed), 500);
        for (const [n, time] of rows.time.entries()) {
          assert.ok(time >= (rows.time[n - 1] ?? 0));
          assert.equal(Math.round(time * 1e6) / 1e6, time);
          assert.ok((rows.prompt[n] ?? 0) > (rows.history[n] ?? 0) && (rows.output[n] ?? 0) >= 1);
        }
      }),
      { numRuns: 40 },
    ));

  test("do not move in time when lengths change, nor lengths when the rate does", () => {
    const longer: Traffic = { ...steady, prompt: { law: "fixed", tokens: 9 } };
    assert.deepEqual(times(longer, 500), times(steady, 500));
    const [slow, fast] = [steady, { ...steady, rate: constant(20) }].map((traffic) =>
      rowsOf(drawArrivals(traffic, 7), 500),
    );
    assert.deepEqual([slow?.prompt, slow?.output], [fast?.prompt, fast?.output]);
    assert.notDeepEqual(slow?.time, fast?.time);
  });
});

describe("the gaps of 100,000 arrivals", () => {
  for (const variation of [0, 0.5, 1, 2, 3]) {
    test(`have mean 0.1 s within 3 % and variation ${variation} within 3 %`, () => {
      const time = times({ ...steady, variation }, 100_000);
      const gaps = time.map((at, n) => at - (time[n - 1] ?? 0));
      const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
      const deviation = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length);
      assert.ok(Math.abs(mean / 0.1 - 1) < 0.03, `mean ${mean}`);
      assert.ok(Math.abs(deviation / mean - variation) <= 0.03 * variation + 1e-5, `variation ${deviation / mean}`);
    });
  }
});

describe("arrivals over a changing rate", () => {
  test("are as many in each hour of a profile as it says, within five deviations", () => {
    const hours = [5, 1, 20, 8];
    const traffic: Traffic = { ...steady, rate: profile(hours, 3600) };
    const source = drawArrivals(traffic, 7);
    const chunk = newChunk(200_000);
    // The middles of the hours: between them the rate is straight.
    for (let n = 0; n < 8; n++) {
      const count = source.fill(chunk, 1800 + n * 3600);
      if (n === 0) continue;
      const expected = 1800 * ((hours[(n - 1) % 4] ?? 0) + (hours[n % 4] ?? 0));
      assert.ok(Math.abs(count - expected) < 5 * Math.sqrt(expected), `hour ${n}: ${count} and not ${expected}`);
    }
  });

  test("by a metronome of no variation fall where the area below a ramp is whole", () => {
    const ramp: Traffic = {
      ...steady,
      variation: 0,
      rate: ramps([
        { at: 0, rate: 0 },
        { at: 10, rate: 2 },
      ]),
    };
    assert.deepEqual(
      [...times(ramp, 12)].map((at) => at.toFixed(6)),
      [
        "3.162278",
        "4.472136",
        "5.477226",
        "6.324555",
        "7.071068",
        "7.745967",
        "8.366600",
        "8.944272",
        "9.486833",
        "10.000000",
        "10.500000",
        "11.000000",
      ],
    );
  });

  test("stop where it does", () => {
    const ends: Traffic = {
      ...steady,
      rate: ramps([
        { at: 0, rate: 10 },
        { at: 10, rate: 0 },
      ]),
    };
    const chunk = newChunk(1000);
    const count = drawArrivals(ends, 7).fill(chunk, Number.POSITIVE_INFINITY);
    assert.ok(count > 20 && count < 90 && (chunk.time[count - 1] ?? 99) < 10);
  });
});

/** Times, prompts, answers, sessions and turns of the first five. */
function firstRows(traffic: Traffic) {
  const { time, prompt, output, session, turn, system, history } = rowsOf(drawArrivals(traffic, 7), 5);
  return [time, prompt, output, session, turn, system, history].map((column) => [...column]);
}

const columns = Object.keys(newChunk(0)) as (keyof Arrivals)[];

function cut(rows: Arrivals, count: number): Arrivals {
  return Object.fromEntries(columns.map((name) => [name, rows[name].slice(0, count)])) as unknown as Arrivals;
}

function join(pieces: readonly Arrivals[]): Arrivals {
  const rows = newChunk(pieces.reduce((sum, { time }) => sum + time.length, 0));
  for (const name of columns) {
    let at = 0;
    for (const piece of pieces) {
      rows[name].set(piece[name], at);
      at += piece.time.length;
    }
  }
  return rows;
}
