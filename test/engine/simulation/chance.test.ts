import assert from "node:assert/strict";
import { test } from "node:test";
import { Chance, chanceLaw } from "../../../server/engine/simulation/fluid/chance.ts";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import { given } from "../../../server/engine/sourced.ts";
import { scenario, variant } from "./world.ts";

const hours = 100_000;
const alike = { promptTokens: 100, outputTokens: 100, promptVariation: 0, outputVariation: 0 };
/** Prompts of half of a context, and answers of the other half. */
const varied = { ...alike, promptVariation: 1, outputVariation: 1 };

/** Mean, variance, and correlation with the value `lag` later. */
function moments(values: readonly number[], lag: number) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const later = values.slice(lag).reduce((sum, value, n) => sum + (value - mean) * ((values[n] as number) - mean), 0);
  return { mean, variance, correlation: later / (values.length - lag) / variance };
}

test("under Poisson arrivals the requests that are inside vary by their mean, and forget themselves within a stay", () => {
  const chance = new Chance(chanceLaw(1, alike, true), 7);
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
  const [calm, bursty] = [1, 2].map((variation) => new Chance(chanceLaw(variation, alike, true), 7));
  assert.equal((bursty?.ofAll(40) ?? 0) / (calm?.ofAll(40) ?? 1), 2);
});

const several = (traffic: typeof alike, isByLoad: boolean) => {
  const chance = new Chance(chanceLaw(1, traffic, isByLoad), 7);
  const seen = Array.from({ length: 20_000 }, (_, now) => {
    chance.pass(5, 10);
    chance.share(["a", "b"], 10, 5 * now);
    const [a, b] = ["a", "b"].map((id) => chance.ofOne(id, 20, 10, 5 * now)) as [number, number];
    const [c, d] = ["a", "b"].map((id) => chance.tokensOfOne(id, 20, 10, 5 * now)) as [number, number];
    return { apart: a - b, tokensApart: c - d, together: a + b, tokens: c + d };
  });
  const variance = (of: keyof (typeof seen)[number]) =>
    moments(
      seen.map((one) => one[of]),
      1,
    ).variance;
  return {
    apart: variance("apart"),
    tokensApart: variance("tokensApart"),
    together: variance("together"),
    tokens: variance("tokens"),
  };
};

test("in turns replicas with equal requests differ by whole ones; unequal stays make them differ by more", () => {
  const { apart } = several(alike, false);
  assert.ok(apart < 0.6, `${apart}`);
  assert.ok(several(varied, false).apart > 15);
});

test("a router that goes by load keeps caches more alike than counts, and leaves what both have together as it is", () => {
  const [turns, load] = [several(varied, false), several(varied, true)];
  assert.ok(load.tokensApart < load.apart && load.tokensApart < turns.tokensApart / 2, JSON.stringify({ turns, load }));
  for (const of of ["together", "tokens"] as const)
    assert.ok(Math.abs(load[of] / turns[of] - 1) < 0.05, `${of}: ${load[of]} ${turns[of]}`);
});

test("unequal requests make more of chance in tokens than in their number", () => {
  const { together, tokens } = several(varied, true);
  assert.ok(Math.abs(together - 40) < 2, `${together}`);
  // Half of the variation of the prompts, for the other half of a context is the answer: 1 + 1/4 + (2 x 3 / 3 - 1) / 4.
  assert.ok(Math.abs(tokens / together - 1.5) < 0.05, `${tokens / together}`);
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

test("where nobody came, nobody is inside", () => {
  const input = scenario({
    variants: [variant("llama", 2)],
    traffic: {
      rate: () => 0,
      promptTokens: 100,
      outputTokens: 100,
      variation: 1,
      promptVariation: 1,
      outputVariation: 1,
    },
  });
  const tier = new FluidTier(input);
  for (const id of ["a", "b"]) tier.start(id, "llama");
  tier.advance(300);
  assert.deepEqual(
    ["a", "b"].map((id) => [tier.gauges(id).running, tier.gauges(id).kvTokens]),
    [
      [0, 0],
      [0, 0],
    ],
  );
  assert.equal(tier.routerGauges().running, 0);
});
