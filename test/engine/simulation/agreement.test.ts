import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findGpu } from "../../../server/engine/catalogue/find-gpu.ts";
import { findModel } from "../../../server/engine/catalogue/find-model.ts";
import { ReplicaTier } from "../../../server/engine/replica/replica-tier.ts";
import { isUnknownStep, type StepLaw, stepLaw, type UnknownStep } from "../../../server/engine/serving/step-time.ts";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import type { Scenario } from "../../../server/engine/simulation/scenario.ts";
import { simulate } from "../../../server/engine/simulation/simulation.ts";
import type { Tier } from "../../../server/engine/simulation/tier.ts";
import { given } from "../../../server/engine/sourced.ts";
import { demandOf } from "../../../server/engine/traffic/demand.ts";
import { constant, steps } from "../../../server/engine/traffic/rate.ts";
import type { Traffic } from "../../../server/engine/traffic/traffic.ts";
import { exactTier } from "../../../server/scenario/exact.ts";
import { controllers, meanOf, sets } from "./two-tiers.ts";
import { hpa, scenario, server, signal, variant } from "./world.ts";

const found = findModel("Qwen/Qwen3-32B");
const gpu = findGpu("H100");
assert.ok(found !== undefined && gpu !== undefined);
const law = known(stepLaw(found.model, gpu, { tensor: 2 }));
const qwen = { ...server, law, capacity: given(300_000), maxRunning: given(256), maxBatchedTokens: given(8192) };

const usual: Traffic = {
  rate: constant(4),
  variation: 1,
  prompt: { law: "fixed", tokens: 1024 },
  output: { law: "fixed", tokens: 256 },
};

function known(law: StepLaw | UnknownStep): StepLaw {
  if (isUnknownStep(law)) throw new Error(law.missing);
  return law;
}

function both(traffic: Traffic, rest: Partial<Scenario>) {
  const demand = demandOf(traffic);
  const input = scenario({ traffic: demand, slo: { ttft: given(2), itl: given(0.1), target: 0.95 }, ...rest });
  const exact = new ReplicaTier({
    servers: new Map(
      input.variants.map(({ name }) => [
        name,
        { law, capacity: 300_000, maxRunning: 256, maxBatchedTokens: 8192, blockSize: 16, prefixCaching: false },
      ]),
    ),
    arrivals: demand.arrivals(input.seed),
    systemPrompts: [],
    policy: "round-robin",
    random: () => 0,
    scrape: 0.05,
    objectives: { ttft: 2, itl: 0.1 },
  });
  return { fluid: simulate(input, new FluidTier(input)).summary, exact: simulate(input, exact).summary };
}

function doneAt(tier: Tier, id: string): number {
  let at = tier.time;
  for (let { running, waiting } = tier.gauges(id); running + waiting > 0; { running, waiting } = tier.gauges(id))
    tier.advance(++at);
  return at;
}

function assertWithin(share: number, actual: number, expected: number): void {
  assert.ok(Math.abs(actual / expected - 1) <= share, `${actual} is not within ${share * 100} % of ${expected}`);
}

describe("the fluid and the exact tier", () => {
  for (const replicas of [1, 3])
    test(`agree on what ${replicas} unsaturated replicas produce`, () => {
      const traffic = { ...usual, rate: constant(3 * replicas) };
      const { fluid, exact } = both(traffic, {
        variants: [variant("llama", replicas, { server: qwen })],
        duration: 7200,
      });
      assertWithin(0.02, fluid.outputTokens, exact.outputTokens);
      assertWithin(0.02, fluid.finished, exact.finished);
      assertWithin(0.05, fluid.replicaHours, exact.replicaHours);
    });

  test("agree on replica hours where an autoscaler follows the rate", () => {
    const rate = steps([
      { rate: 2, lasts: 1800 },
      { rate: 8, lasts: 3600 },
      { rate: 2, lasts: 1800 },
    ]);
    const { fluid, exact } = both(
      { ...usual, rate },
      {
        variants: [variant("llama", 1, { server: qwen })],
        signals: [signal("rate", { of: "finished-rate", over: "sum", variant: "llama", window: given(300) })],
        autoscalers: [
          hpa("llama", "rate", {
            metrics: [
              {
                type: "External",
                external: { metric: { name: "rate" }, target: { type: "AverageValue", averageValue: 5_000 } },
              },
            ],
            behavior: { scaleUp: { stabilizationWindowSeconds: 0 }, scaleDown: { stabilizationWindowSeconds: 300 } },
          }),
        ],
        duration: 7200,
      },
    );
    assertWithin(0.02, fluid.finished, exact.finished);
    assertWithin(0.05, fluid.replicaHours, exact.replicaHours);
  });

  for (const [lengths, output, tolerance] of [
    ["answers of one length, which end in turns", { law: "fixed", tokens: 256 }, 2],
    ["answers of many lengths, the longest last", { law: "lognormal", mu: 5.2, sigma: 0.8, cap: 1024 }, 6],
  ] as const)
    test(`agree on when replicas that drain are done: ${lengths}`, () => {
      const traffic = demandOf({ ...usual, rate: constant(14), output });
      const input = scenario({
        traffic,
        variants: [variant("llama", 8, { server: qwen })],
        duration: 700,
      });
      const times = [new FluidTier(input), exactTier(input, { arrivals: traffic.arrivals(7), systemPrompts: [] })].map(
        (tier) => {
          for (let n = 0; n < 8; n++) tier.start(`llama-${n}`, "llama");
          tier.advance(600);
          for (let n = 0; n < 4; n++) tier.drain(`llama-${n}`);
          return [0, 1, 2, 3].map((n) => doneAt(tier, `llama-${n}`) - 600);
        },
      );
      const [fluid, exact] = times.map((each) => each.reduce((sum, time) => sum + time / 4, 0)) as [number, number];
      assert.ok(Math.abs(fluid - exact) <= tolerance, `${fluid} s and ${exact} s`);
    });

  // What the fluid's means hide and controllers see: the highest of several pods, and of a minute. Means of three runs, for of one tier a single run is a few percent off by chance.
  for (const [title, set, byLoad] of [
    ["requests that run, by the router", "varied", true],
    ["the fullest pod's running requests in a minute", "alike", false],
    ["the fullest pod's running requests in a minute", "varied", true],
    ["the fullest pod's KV cache", "varied", false],
    ["WVA 0.5", "alike", false],
  ] as const)
    test(`agree on replica hours under an autoscaler that follows: ${title}, ${set}, ${byLoad ? "by load" : "in turns"}`, () => {
      const { fluid, exact } = meanOf(3, sets[set], byLoad, controllers[title]);
      assertWithin(0.02, fluid.finished.mean, exact.finished.mean);
      assertWithin(0.05, fluid.replicaHours.mean, exact.replicaHours.mean);
    });
});
