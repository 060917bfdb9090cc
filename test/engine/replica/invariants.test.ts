import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { defaultProfile } from "../../../server/engine/epp/profile.ts";
import type { ReplicaTier } from "../../../server/engine/replica/replica-tier.ts";
import { fixedLaw, smoothLaw } from "./laws.ts";
import { conversations, poisson, type Request, tierOf, usual } from "./tier.ts";

const names = (count: number) => Array.from({ length: count }, (_, n) => `chat-${n}`);

/** Requests in replicas and in flow control. */
function inside(tier: ReplicaTier, replicas: readonly string[]): number {
  return replicas.reduce(
    (sum, id) => sum + tier.gauges(id).running + tier.gauges(id).waiting,
    tier.routerGauges().held,
  );
}

describe("every request is somewhere", () => {
  const small = { ...usual, capacity: 3000 };
  const policies = fc.constantFrom("round-robin" as const, "random" as const, defaultProfile);
  test("finished, running, queued or dropped, at every moment, while replicas come, drain and are killed", () => {
    let cut = 0;
    fc.assert(
      fc.property(policies, fc.integer({ min: 1, max: 1000 }), fc.boolean(), (policy, seed, holds) => {
        const requests = poisson(12, 40, seed);
        const servers = new Map([["chat", small]]);
        const flow = holds ? { flowControl: { timeout: 5, maxHeld: 60 } } : {};
        const tier = tierOf(2, requests, { servers, policy, ...flow });
        let there = names(2);
        for (let at = 1; at <= 60; at++) {
          tier.advance(at);
          if (at === 10) tier.start("chat-2", "chat");
          if (at === 10) there = names(3);
          if (at === 20) tier.drain("chat-0");
          if (at === 25) cut += tier.kill("chat-1");
          if (at === 25) there = ["chat-0", "chat-2"];
          const { arrived, finished, dropped } = tier.window(0, at);
          assert.equal(arrived, finished + dropped + inside(tier, there));
          assert.equal(arrived, requests.filter((one) => one.at < at).length);
          assert.ok(there.every((id) => tier.gauges(id).kvUsage <= 1));
        }
        assert.equal(inside(tier, there), 0);
        assert.equal(tier.rows.count, 0);
        assert.equal(tier.routerGauges().running, 0);
        assert.equal(tier.routerGauges().tokensInFlight, 0);
      }),
      { numRuns: 30, seed: 7 },
    );
    assert.ok(cut > 30);
  });

  test("what was looked at while a replica was idle stays as it was", () => {
    const tier = tierOf(1, poisson(8, 100, 3), { servers: new Map([["chat", usual]]) });
    const { counters } = tier.gauges("chat-0");
    tier.advance(50);
    assert.equal(counters.outputTokens, 0);
    assert.ok(tier.gauges("chat-0").counters.outputTokens > 0);
  });

  test("and every token of its answer was produced", () => {
    const requests = poisson(8, 100, 3);
    const tier = tierOf(2, requests, { servers: new Map([["chat", { ...usual, capacity: 2000 }]]) });
    tier.advance(1000);
    const tokens = requests.reduce((sum, { osl }) => sum + osl, 0);
    assert.equal(tier.window(0, 1000).outputTokens, tokens);
    const counters = names(2).map((id) => tier.gauges(id).counters);
    assert.equal(
      counters.reduce((sum, one) => sum + one.outputTokens, 0),
      tokens,
    );
    assert.equal(
      counters.reduce((sum, one) => sum + one.ttftCount + one.itlCount, 0),
      tokens,
    );
    assert.ok(counters.some(({ preempted }) => preempted > 0));
  });
});

describe("queues obey theory", () => {
  test("first tokens come in the order of arrival where nobody is preempted", () => {
    const requests = poisson(30, 100, 5);
    const tier = tierOf(1, requests, { servers: new Map([["chat", { ...usual, maxRunning: 8, capacity: 1e6 }]]) });
    const order: number[] = [];
    const { firstToken } = tier;
    tier.firstToken = (row, at) => {
      order.push(tier.rows.line[row] as number);
      firstToken.call(tier, row, at);
    };
    tier.advance(1000);
    assert.deepEqual(
      order,
      requests.map((_, line) => line),
    );
  });

  test("one place and steps of one length: the wait is that of an M/D/1 queue, within 3 %", () => {
    for (const load of [0.3, 0.6, 0.8]) {
      const requests = poisson(load / 0.05, 20_000, 11, { isl: [10, 10], osl: [1, 1] });
      const servers = new Map([["chat", { ...usual, law: fixedLaw(0.05), maxRunning: 1 }]]);
      const tier = tierOf(1, requests, { servers });
      tier.advance(30_000);
      const wait = (tier.window(0, 20_000).ttft?.mean ?? 0) - 0.05;
      const theory = (load * 0.05) / (2 * (1 - load));
      assert.ok(Math.abs(wait / theory - 1) < 0.03, `${wait} for ${theory}`);
    }
  });

  test("the requests inside are the rate times the time each stays (Little), within 1 %", () => {
    const requests = poisson(20, 2000, 13);
    const tier = tierOf(1, requests);
    let [sum, looks] = [0, 0];
    for (let at = 0.05; at < 2000; at += 0.05, looks++) {
      tier.advance(at);
      sum += inside(tier, ["chat-0"]);
    }
    tier.advance(3000);
    const { counters } = tier.gauges("chat-0");
    const stay = (counters.ttftSum + counters.itlSum) / counters.finished - smoothLaw.apiOverhead;
    const rate = requests.length / 2000;
    assert.ok(Math.abs(sum / looks / (rate * stay) - 1) < 0.01);
  });
});

describe("times grow with load", () => {
  const itl = (batch: number, isl: number) => {
    const requests = Array.from({ length: batch }, (): Request => ({ at: 0, isl, osl: 100 }));
    const tier = tierOf(1, requests);
    tier.advance(1000);
    return tier.window(0, 1).itl?.mean ?? 0;
  };

  test("gaps between tokens with the batch and with what is read", () => {
    const byBatch = [1, 2, 4, 8, 16, 32].map((batch) => itl(batch, 200));
    assert.deepEqual(
      byBatch,
      [...byBatch].sort((a, b) => a - b),
    );
    const byContext = [100, 400, 1600, 6400].map((isl) => itl(8, isl));
    assert.deepEqual(
      byContext,
      [...byContext].sort((a, b) => a - b),
    );
  });

  test("the first token with the prompt", () => {
    const times = [10, 100, 1000, 3000, 10_000].map((isl) => {
      const tier = tierOf(1, [{ at: 0, isl, osl: 2 }]);
      tier.advance(1000);
      return tier.window(0, 1).ttft?.mean ?? 0;
    });
    assert.deepEqual(
      times,
      [...times].sort((a, b) => a - b),
    );
  });
});

describe("a run is the same", () => {
  const requests = conversations(60, 6, 8, 17);
  const run = (step: number) => {
    const tier = tierOf(3, requests, {
      policy: defaultProfile,
      flowControl: { timeout: 60 },
      servers: new Map([["chat", { ...usual, capacity: 6000 }]]),
    });
    for (let at = step; at <= 120; at += step) {
      tier.advance(at);
      tier.routerGauges();
      tier.gauges("chat-1");
    }
    const { outputTokens: _, ...stats } = tier.window(0, 60);
    return { stats, gauges: names(3).map((id) => tier.gauges(id).counters.cachedTokens) };
  };

  test("with the same seed, and however often somebody looks", () => {
    const once = run(120);
    assert.ok(once.stats.finished > 300);
    assert.deepEqual(run(120), once);
    for (const step of [0.01, 0.5, 7.5]) assert.deepEqual(run(step), once);
  });
});
