import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findGpu } from "../../../server/engine/catalogue/find-gpu.ts";
import { findModel } from "../../../server/engine/catalogue/find-model.ts";
import { ReplicaTier } from "../../../server/engine/replica/replica-tier.ts";
import { isUnknownStep, type StepLaw, stepLaw, type UnknownStep } from "../../../server/engine/serving/step-time.ts";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import type { Scenario } from "../../../server/engine/simulation/scenario.ts";
import { simulate } from "../../../server/engine/simulation/simulation.ts";
import { given } from "../../../server/engine/sourced.ts";
import { demandOf } from "../../../server/engine/traffic/demand.ts";
import { constant, steps } from "../../../server/engine/traffic/rate.ts";
import type { Traffic } from "../../../server/engine/traffic/traffic.ts";
import { desiredOf, external, hpa, scenario, server, signal, variant, wva } from "./world.ts";

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

  const day = steps([
    { rate: 4, lasts: 1800 },
    { rate: 14, lasts: 3600 },
    { rate: 4, lasts: 1800 },
  ]);
  const behavior = { scaleUp: { stabilizationWindowSeconds: 60 }, scaleDown: { stabilizationWindowSeconds: 300 } };
  const controllers: readonly (readonly [title: string, rest: Partial<Scenario>])[] = [
    [
      "an autoscaler follows a gauge of the moment, whose peaks by chance hold its scale-down back",
      {
        signals: [signal("running", { of: "router-running" })],
        autoscalers: [
          hpa("llama", "running", { maxReplicas: 8, metrics: [external("running", "AverageValue", 15)], behavior }),
        ],
      },
    ],
    [
      "WVA takes the most of each pod's gauges of a minute",
      {
        wva: wva(["llama"]),
        signals: [desiredOf("llama")],
        autoscalers: [hpa("llama", "wva_desired_replicas", { maxReplicas: 8, behavior })],
      },
    ],
  ];
  for (const [title, rest] of controllers)
    test(`agree on replica hours where ${title}`, () => {
      const variants = [variant("llama", 2, { server: qwen })];
      const { fluid, exact } = both({ ...usual, rate: day }, { variants, duration: 7200, ...rest });
      assertWithin(0.02, fluid.finished, exact.finished);
      assertWithin(0.05, fluid.replicaHours, exact.replicaHours);
    });
});
