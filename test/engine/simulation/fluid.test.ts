import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { defaultProfile } from "../../../server/engine/epp/profile.ts";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import type { Scenario } from "../../../server/engine/simulation/scenario.ts";
import { given } from "../../../server/engine/sourced.ts";
import { scenario, server, variant } from "./world.ts";

function tierOf(rest: Partial<Scenario>, replicas = 1): FluidTier {
  const tier = new FluidTier(scenario({ duration: 3600, ...rest }));
  for (let n = 0; n < replicas; n++) tier.start(`llama-${n}`, "llama");
  return tier;
}

const steady = (rate: number, promptTokens = 500, outputTokens = 200) => ({
  traffic: { rate: () => rate, promptTokens, outputTokens },
});
const close = (actual: number, expected: number, share = 0.01) =>
  assert.ok(Math.abs(actual - expected) <= share * Math.abs(expected), `${actual} is not ${expected}`);

test("under a steady load what runs is what the law of open loops gives", () => {
  const tier = tierOf(steady(4));
  tier.advance(600);
  // b = rate x tokens x step, step = (10 ms + b / 4 ms) / (1 - 4 x 50 ms): b = 10 + b / 4.
  close(tier.gauges("llama-0").running, 40 / 3);
  close(tier.window(300, 600).itl?.mean ?? 0, (0.01 + 40 / 3 / 4000) / 0.8);
});

test("Little's law holds between what arrives, what runs and how long it takes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 50, max: 400 }), (rate, outputTokens) => {
      const tier = tierOf(steady(rate, 200, outputTokens));
      tier.advance(900);
      const { running, waiting } = tier.gauges("llama-0");
      if (waiting > 0) return;
      close(running, rate * outputTokens * (tier.window(600, 900).itl?.mean ?? 0));
    }),
  );
});

test("past its capacity a replica finishes what its seats allow, and the rest waits", () => {
  const tier = tierOf(steady(12));
  tier.advance(600);
  const before = tier.gauges("llama-0").counters.finished;
  tier.advance(1200);
  const { running, waiting, counters } = tier.gauges("llama-0");
  // 64 seats at 26 ms: rate x 200 x 26 ms = 64 x (1 - rate x 50 ms).
  const most = 64 / (200 * 0.026 + 64 * 0.05);
  close((counters.finished - before) / 600, most);
  close(running, 64);
  close(waiting, (12 - most) * 1200, 0.02);
});

test("the KV cache takes seats away: running requests hold no more than there is", () => {
  // Each holds 600 tokens in the mean, and half of its last block.
  const small = { ...server, capacity: given(6080) };
  const tier = tierOf({ variants: [variant("llama", 1, { server: small })], ...steady(12) });
  tier.advance(300);
  const { running, kvUsage } = tier.gauges("llama-0");
  close(running, 10);
  assert.equal(kvUsage, 1);
});

test("answers of all lengths hold more of the cache at a time than answers of one", () => {
  const kvUnder = (outputVariation: number) => {
    const tier = tierOf({ traffic: { rate: () => 4, promptTokens: 500, outputTokens: 200, outputVariation } });
    tier.advance(300);
    const { kvTokens, running } = tier.gauges("llama-0");
    return Math.round(kvTokens / running);
  };
  assert.deepEqual([kvUnder(0), kvUnder(1)], [608, 708]);
});

test("in turns each replica gets the same; by load the empty one is filled first", () => {
  const shareOfNew = (router: Scenario["router"]) => {
    const tier = tierOf({ ...steady(8), router }, 2);
    tier.advance(120);
    tier.start("late", "llama");
    tier.advance(121);
    return Math.round(tier.gauges("late").counters.arrived * 100) / 100;
  };
  const { router } = scenario({});
  assert.equal(shareOfNew(router), 2.67);
  assert.equal(shareOfNew({ ...router, profile: defaultProfile }), 8);
});

test("a prefix that is cached is not read again, and scattered over replicas it is found less often", () => {
  const ttftWith = (replicas: number, profile: boolean) => {
    const cached = { ...server, prefixCaching: true };
    const { router } = scenario({});
    const tier = tierOf(
      {
        variants: [variant("llama", 1, { server: cached })],
        traffic: {
          rate: () => 1,
          promptTokens: 500,
          outputTokens: 200,
          reuse: (tokens) => Math.min(0.8, tokens / 250_000),
        },
        router: profile ? { ...router, profile: defaultProfile } : router,
      },
      replicas,
    );
    tier.advance(300);
    const { cachedTokens, promptTokens } = tier.gauges("llama-0").counters;
    return Math.round((cachedTokens / promptTokens) * 100) / 100;
  };
  assert.deepEqual([ttftWith(1, false), ttftWith(2, false), ttftWith(2, true)], [0.4, 0.2, 0.8]);
});

test("flow control keeps the engine's queue short and holds the rest, and its oldest give up", () => {
  const { router } = scenario({});
  const tier = tierOf({ ...steady(12), router: { ...router, flowControl: { timeout: given(30) } } });
  tier.advance(600);
  const { held, saturation } = tier.routerGauges();
  const { waiting } = tier.gauges("llama-0");
  assert.ok(waiting <= 5 + 1e-6, `${waiting}`);
  assert.ok(saturation > 0.7 && saturation <= 1, `${saturation}`);
  assert.ok(held > 0 && held <= 12 * 31);
  assert.ok(tier.window(0, 600).dropped > 0);
});

test("without replicas and without flow control what arrives is lost", () => {
  const tier = tierOf(steady(3), 0);
  tier.advance(60);
  const { arrived, dropped, ttft } = tier.window(0, 60);
  assert.deepEqual([Math.round(arrived), Math.round(dropped), ttft], [180, 180, undefined]);
});

test("a replica that ends with requests cuts them, and one that drains ends with none", () => {
  const tier = tierOf(steady(4), 2);
  tier.advance(300);
  const { running } = tier.gauges("llama-1");
  tier.drain("llama-1");
  tier.advance(301);
  assert.ok(tier.gauges("llama-1").running < running);
  tier.advance(400);
  assert.equal(tier.kill("llama-1"), 0);
  const left = tier.gauges("llama-0");
  assert.equal(tier.kill("llama-0"), left.running + left.waiting);
});

test("steps that are cut by events between them serve the same", () => {
  const whole = tierOf(steady(4));
  whole.advance(60);
  const cut = tierOf(steady(4));
  for (let at = 0.25; at <= 60; at += 0.25) cut.advance(at);
  close(cut.gauges("llama-0").running, whole.gauges("llama-0").running);
  assert.equal(Math.round(cut.window(0, 60).arrived * 1e6), Math.round(whole.window(0, 60).arrived * 1e6));
});
