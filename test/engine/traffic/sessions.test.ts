import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { newChunk } from "../../../server/engine/traffic/arrivals.ts";
import { drawArrivals } from "../../../server/engine/traffic/draw.ts";
import { constant } from "../../../server/engine/traffic/rate.ts";
import type { Traffic } from "../../../server/engine/traffic/traffic.ts";
import { rowsOf } from "./rows.ts";

const talk: Traffic = {
  rate: constant(10),
  variation: 1,
  system: { count: 3, tokens: 500 },
  prompt: { law: "fixed", tokens: 200 },
  output: { law: "fixed", tokens: 50 },
  sessions: { turns: { law: "fixed", tokens: 8 }, pause: 20, prompt: { law: "fixed", tokens: 30 }, context: 100_000 },
};

describe("sessions", () => {
  test("grow by each question and each answer, on top of the system prompt", () => {
    const rows = rowsOf(drawArrivals(talk, 7), 20_000);
    for (const [n, turn] of rows.turn.entries()) {
      assert.equal(rows.prompt[n], 500 + 200 + turn * (50 + 30));
      assert.equal(rows.history[n], turn === 0 ? 0 : 200 + 50 + (turn - 1) * (30 + 50));
    }
  });

  test("have their turns one after the other, keep their system prompt and end with the last turn", () => {
    const rows = rowsOf(drawArrivals(talk, 7), 20_000);
    const seen = new Map<number, { turn: number; system: number }>();
    for (const [n, session] of rows.session.entries()) {
      const [turn, system] = [rows.turn[n] ?? -1, rows.system[n] ?? -1];
      const before = seen.get(session);
      if (before !== undefined) assert.deepEqual([turn, system], [before.turn + 1, before.system]);
      seen.set(session, { turn, system });
      assert.ok(turn < 8 && system >= 0 && system < 3);
    }
  });

  test("are in full swing at the start: a new one begins with one request in eight from the first minute on", () => {
    const source = drawArrivals(talk, 7);
    const chunk = newChunk(10_000);
    for (let minute = 1; minute <= 10; minute++) {
      const count = source.fill(chunk, minute * 60);
      const begun = chunk.turn.subarray(0, count).filter((turn) => turn === 0).length;
      assert.ok(Math.abs(begun - count / 8) < 5 * Math.sqrt(count / 8), `minute ${minute}: ${begun} of ${count}`);
    }
  });

  test("pause as long as they are meant to, in the mean within 3 %, and as variedly as Poisson's law", () => {
    const rows = rowsOf(drawArrivals(talk, 7), 50_000);
    const last = new Map<number, number>();
    const pauses: number[] = [];
    for (const [n, session] of rows.session.entries()) {
      const [time, before] = [rows.time[n] ?? 0, last.get(session)];
      if (before !== undefined) pauses.push(time - before);
      last.set(session, time);
    }
    const mean = pauses.reduce((sum, pause) => sum + pause, 0) / pauses.length;
    const square = pauses.reduce((sum, pause) => sum + (pause - mean) ** 2, 0) / pauses.length;
    assert.ok(Math.abs(mean / 20 - 1) < 0.03, `mean ${mean}`);
    assert.ok(Math.abs(Math.sqrt(square) / mean - 1) < 0.05, `variation ${Math.sqrt(square) / mean}`);
  });

  test("end before they outgrow the model's context", () =>
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 800, max: 1400 }), (seed, context) => {
        const sessions = { turns: { law: "fixed" as const, tokens: 50 }, pause: 5, context };
        const rows = rowsOf(drawArrivals({ ...talk, sessions }, seed), 300);
        for (const [n, prompt] of rows.prompt.entries()) assert.ok(prompt + (rows.output[n] ?? 0) <= context);
      }),
      { numRuns: 30 },
    ));

  test("of one turn are single requests", () => {
    const sessions = { turns: { law: "fixed" as const, tokens: 1 }, pause: 20, context: 4096 };
    const rows = rowsOf(drawArrivals({ ...talk, sessions }, 7), 1000);
    assert.ok(rows.turn.every((turn) => turn === 0) && rows.history.every((tokens) => tokens === 0));
    assert.equal(new Set(rows.session).size, 1000);
  });
});
