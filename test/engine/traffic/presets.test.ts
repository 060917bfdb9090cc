import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Arrivals } from "../../../server/engine/traffic/arrivals.ts";
import { azureCodeWeek, azureConversationWeek } from "../../../server/engine/traffic/azure-weeks.ts";
import { Course } from "../../../server/engine/traffic/course.ts";
import { demandOf } from "../../../server/engine/traffic/demand.ts";
import { drawArrivals } from "../../../server/engine/traffic/draw.ts";
import { presetOf, presets } from "../../../server/engine/traffic/presets.ts";
import { constant } from "../../../server/engine/traffic/rate.ts";
import { scaled } from "../../../server/engine/traffic/scale.ts";
import { summarise } from "../../../server/engine/traffic/summary.ts";
import type { Traffic } from "../../../server/engine/traffic/traffic.ts";
import { rowsOf } from "./rows.ts";

function trafficOf(name: string): Traffic {
  const preset = presetOf(name);
  if (preset === undefined) throw new Error(`there is no preset ${name}`);
  return preset.traffic;
}

/** Mean and busiest minute in requests a second, tokens of prompts and answers a day in millions. */
const shown: Readonly<Record<string, readonly string[]>> = {
  steady: ["5.00", "5.00", "442", "111"],
  "office-hours": ["27.78", "83.35", "5001", "56"],
  "chat-week": ["45.15", "74.65", "4703", "848"],
  spike: ["6.20", "16.00", "549", "137"],
  ramp: ["5.14", "10.00", "1775", "444"],
  "long-context": ["3.40", "3.40", "3325", "99"],
  agents: ["1.00", "1.00", "4150", "18"],
  reasoning: ["1.00", "1.00", "89", "125"],
};

describe("the presets", () => {
  test("are eight, and each says what it is for and where its numbers are from", () => {
    assert.deepEqual(
      presets.map(({ name }) => name),
      ["steady", "office-hours", "chat-week", "spike", "ramp", "long-context", "agents", "reasoning"],
    );
    for (const { title, use, source } of presets) for (const text of [title, use, source]) assert.ok(text.length >= 5);
  });

  for (const { name, traffic } of presets) {
    test(`${name} shows its rates and its tokens a day before a run`, () => {
      const { meanRate, peakMinuteRate, promptTokensPerDay, outputTokensPerDay } = summarise(traffic);
      assert.deepEqual(
        [
          meanRate.toFixed(2),
          peakMinuteRate.toFixed(2),
          (promptTokensPerDay / 1e6).toFixed(0),
          (outputTokensPerDay / 1e6).toFixed(0),
        ],
        shown[name],
      );
    });
  }

  test("of Azure's weeks hold the requests that the traces are published with, within 0.5 %", () => {
    assert.deepEqual([azureCodeWeek.length, azureConversationWeek.length], [168, 168]);
    for (const [name, requests] of [
      ["office-hours", 16_803_695],
      ["chat-week", 27_303_999],
    ] as const) {
      const expected = new Course(trafficOf(name).rate).expected(7 * 86_400);
      assert.ok(Math.abs(expected / requests - 1) < 0.005, `${name}: ${expected}`);
    }
  });

  test("spike reaches four times its base within a minute, for ten minutes", () => {
    const course = new Course(trafficOf("spike").rate);
    assert.deepEqual(
      [0, 900, 960, 1559, 1620, 3600, 7200].map((at) => course.rate(at)),
      [4, 4, 16, 16, 4, 4, 4],
    );
  });

  test("ramp lasts 40.5 minutes, as llm-d's does", () => assert.equal(new Course(trafficOf("ramp").rate).end, 2430));

  test("are stretched to a busiest minute or a mean without a change of shape", () => {
    const week = trafficOf("chat-week");
    const half = scaled(week, { peak: summarise(week).peakMinuteRate / 2 });
    assert.equal(summarise(half).meanRate.toFixed(6), (summarise(week).meanRate / 2).toFixed(6));
    assert.equal(summarise(scaled(week, { mean: 3 })).meanRate.toFixed(9), "3.000000000");
    const silent = { ...week, rate: constant(0) };
    assert.equal(scaled(silent, { peak: 5 }), silent);
  });
});

describe("long-context", () => {
  const rows = rowsOf(drawArrivals(trafficOf("long-context"), 7), 12_031);

  test("has the prompts of Mooncake's conversations: mean, median and 90th percentile within 8 %, 99th within 20 %", () => {
    const prompts = rows.prompt.slice().sort();
    const mean = prompts.reduce((sum, tokens) => sum + tokens, 0) / prompts.length;
    const at = (share: number) => prompts[Math.floor(share * prompts.length)] ?? 0;
    assert.ok(Math.abs(mean / 12_035 - 1) < 0.08, `mean ${mean}`);
    assert.ok(Math.abs(at(0.5) / 6909 - 1) < 0.08, `median ${at(0.5)}`);
    assert.ok(Math.abs(at(0.9) / 27_367 - 1) < 0.08, `90th ${at(0.9)}`);
    assert.ok(Math.abs(at(0.99) / 85_400 - 1) < 0.2, `99th ${at(0.99)}`);
  });

  test("is found in an LRU cache as often as the trace, within 0.03 of all tokens at any size", () => {
    const { reuse } = demandOf(trafficOf("long-context"));
    for (const [size, published] of [
      [0.5e6, 0.045],
      [2.6e6, 0.112],
      [5.1e6, 0.212],
      [15.4e6, 0.326],
      [51e6, 0.364],
    ] as const) {
      assert.equal(reuse(size).toFixed(3), published.toFixed(3));
      assert.ok(Math.abs(hitRatio(rows, size) - published) < 0.03, `${size}: ${hitRatio(rows, size)}`);
    }
  });
});

describe("agents", () => {
  const rows = rowsOf(drawArrivals(trafficOf("agents"), 7), 20_000);

  test("repeat between 85 and 97 % of their tokens, as the published traces of agents do", () => {
    const { repeated } = summarise(trafficOf("agents")).requests;
    assert.ok(repeated > 0.85 && repeated < 0.97, String(repeated));
  });

  test("have sessions of about thirty turns", () => {
    const begun = rows.turn.filter((turn) => turn === 0).length;
    assert.ok(Math.abs(rows.turn.length / begun - 30) < 3, String(rows.turn.length / begun));
  });
});

describe("what a cache finds of sessions", () => {
  test("is what an LRU cache of whole sessions finds, within 0.05", () => {
    const traffic: Traffic = {
      rate: constant(5),
      variation: 1,
      prompt: { law: "fixed", tokens: 1000 },
      output: { law: "fixed", tokens: 100 },
      sessions: { turns: { law: "fixed", tokens: 10 }, pause: 60, prompt: { law: "fixed", tokens: 100 }, context: 1e6 },
    };
    const { reuse } = demandOf(traffic);
    const rows = rowsOf(drawArrivals(traffic, 7), 20_000);
    for (const size of [1e5, 2e5, 4e5, 1e7]) {
      const found = hitRatio(rows, size);
      assert.ok(Math.abs(found - reuse(size)) < 0.05, `${size}: ${found} and not ${reuse(size)}`);
    }
    assert.equal(reuse(0), 0);
  });

  test("of single requests is their system prompt", () => {
    const traffic: Traffic = {
      rate: constant(5),
      variation: 1,
      system: { count: 4, tokens: 300 },
      prompt: { law: "fixed", tokens: 700 },
      output: { law: "fixed", tokens: 100 },
    };
    const { reuse, promptTokens } = demandOf(traffic);
    assert.deepEqual([promptTokens, reuse(0), reuse(600), reuse(1200), reuse(1e9)], [1000, 0, 0.15, 0.3, 0.3]);
  });
});

/** Share of the prompts' tokens that an LRU cache of whole sessions finds. */
function hitRatio({ session, prompt, output, history }: Arrivals, size: number): number {
  const kept = new Map<number, number>();
  let [used, hits, all] = [0, 0, 0];
  for (const [n, id] of session.entries()) {
    const had = kept.get(id);
    kept.delete(id);
    used -= had ?? 0;
    hits += Math.min(had ?? 0, history[n] ?? 0);
    all += prompt[n] ?? 0;
    const tokens = (prompt[n] ?? 0) + (output[n] ?? 0);
    kept.set(id, tokens);
    used += tokens;
    for (const [oldest, held] of kept) {
      if (used <= size) break;
      kept.delete(oldest);
      used -= held;
    }
  }
  return hits / all;
}
