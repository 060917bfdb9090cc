import assert from "node:assert/strict";
import { test } from "node:test";
import { Chance, chanceLaw } from "../../../server/engine/simulation/fluid/chance.ts";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import { given } from "../../../server/engine/sourced.ts";
import { scenario, variant } from "./world.ts";

const hours = 100_000;

/** Mean, variance, and correlation with the value `lag` later. */
function moments(values: readonly number[], lag: number) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const later = values.slice(lag).reduce((sum, value, n) => sum + (value - mean) * ((values[n] as number) - mean), 0);
  return { mean, variance, correlation: later / (values.length - lag) / variance };
}

test("under Poisson arrivals the requests that are inside vary by their mean, and forget themselves within a stay", () => {
  const chance = new Chance(chanceLaw(1, 0, true), 7);
  const seen = Array.from({ length: hours }, () => {
    chance.pass(1, 20);
    return chance.ofAll(40);
  });
  const { mean, variance, correlation } = moments(seen, 10);
  assert.ok(Math.abs(mean) < 0.5, `mean ${mean}`);
  assert.ok(Math.abs(variance - 40) < 2, `variance ${variance}`);
  assert.ok(Math.abs(correlation - (10 / 11) ** 10) < 0.03, `correlation ${correlation}`);
});

test("bursts of twice the variation make four times the variance", () => {
  const [calm, bursty] = [1, 2].map((variation) => new Chance(chanceLaw(variation, 0, true), 7));
  assert.equal((bursty?.ofAll(40) ?? 0) / (calm?.ofAll(40) ?? 1), 2);
});

test("replicas under a router that goes by load swing together; in turns unequal stays are each one's own", () => {
  const values = (isByLoad: boolean) => {
    const chance = new Chance(chanceLaw(1, 1, isByLoad), 7);
    return ["a", "b"].map((id) => chance.ofOne(id, 20, 2, 10, 0));
  };
  const [one, other] = values(true);
  assert.equal(one, other);
  assert.notEqual(values(false)[0], values(false)[1]);
});

test("the same seed shows the same gauges, however often somebody looks", () => {
  const input = scenario({
    variants: [variant("llama", 2)],
    traffic: { rate: () => 10, promptTokens: 100, outputTokens: 100, outputVariation: 1, variation: 1 },
  });
  const seen = (every: number) => {
    const tier = new FluidTier(input);
    for (const id of ["a", "b"]) tier.start(id, "llama");
    for (let at = every; at <= 600; at += every) {
      tier.advance(at);
      if (every < 300) tier.routerGauges();
    }
    return tier.routerGauges().running;
  };
  assert.equal(seen(15), seen(300));
});

test("a replica whose requests wait is full, and nothing is left to chance", () => {
  const input = scenario({
    traffic: { rate: () => 200, promptTokens: 100, outputTokens: 100, variation: 1 },
    router: { scrape: given(0.05), detector: { queueDepth: given(5), kvUsage: given(0.8) } },
  });
  const tier = new FluidTier(input);
  tier.start("a", "llama");
  tier.advance(300);
  assert.equal(tier.gauges("a").running, 64);
});
