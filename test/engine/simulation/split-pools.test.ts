import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findGpu } from "../../../server/engine/catalogue/find-gpu.ts";
import { findModel } from "../../../server/engine/catalogue/find-model.ts";
import { ReplicaTier } from "../../../server/engine/replica/replica-tier.ts";
import { isUnknownStep, type StepLaw, stepLaw, type UnknownStep } from "../../../server/engine/serving/step-time.ts";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import type { Link } from "../../../server/engine/simulation/scenario.ts";
import { given } from "../../../server/engine/sourced.ts";
import { demandOf } from "../../../server/engine/traffic/demand.ts";
import { constant } from "../../../server/engine/traffic/rate.ts";
import { gigabytesPerSecond } from "../../../server/engine/units.ts";
import { scenario, server, variant } from "./world.ts";

const [found, gpu] = [findModel("Qwen/Qwen3-32B"), findGpu("H100")];
assert.ok(found !== undefined && gpu !== undefined);
const law = known(stepLaw(found.model, gpu, { tensor: 2 }));
const limits = { blockSize: 16, prefixCaching: false };
const link: Link = { base: 0.00005, bandwidth: gigabytesPerSecond(25), bytesPerToken: 262_144 };
const demand = demandOf({
  rate: constant(4),
  variation: 1,
  prompt: { law: "fixed", tokens: 2048 },
  output: { law: "fixed", tokens: 256 },
});

const roles = ["prefill", "decode"] as const;
const fluidServer = { ...server, law, capacity: given(300_000), maxRunning: given(256), maxBatchedTokens: given(8192) };
const input = scenario({
  variants: roles.map((role) => variant(role, 1, { server: { ...fluidServer, role } })),
  link,
  traffic: demand,
  duration: 1800,
});

function known(law: StepLaw | UnknownStep): StepLaw {
  if (isUnknownStep(law)) throw new Error(law.missing);
  return law;
}

function fluid(): FluidTier {
  const tier = new FluidTier(input);
  for (const role of roles) tier.start(`${role}-0`, role);
  return tier;
}

function exact(): ReplicaTier {
  const own = { law, capacity: 300_000, maxRunning: 256, maxBatchedTokens: 8192, ...limits };
  const tier = new ReplicaTier({
    servers: new Map(roles.map((role) => [role, { ...own, role }])),
    arrivals: demand.arrivals(7),
    systemPrompts: [],
    policy: "round-robin",
    random: () => 0,
    scrape: 0.05,
    link,
  });
  for (const role of roles) tier.start(`${role}-0`, role);
  return tier;
}

describe("split pools in the fluid tier", () => {
  test("produce as much as in the exact one within 2 %, and their tokens come as quickly within 5 %, the first within 10 %", () => {
    const [one, other] = [fluid(), exact()].map((tier) => {
      tier.advance(1800);
      return tier.window(300, 1500);
    });
    const near = (share: number, a = Number.NaN, b = Number.NaN) =>
      assert.ok(Math.abs(a / b - 1) < share, `${a} and ${b}`);
    near(0.02, one?.finished, other?.finished);
    near(0.05, one?.itl?.mean, other?.itl?.mean);
    near(0.1, one?.ttft?.mean, other?.ttft?.mean);
  });

  test("no request is lost between those that read and those that write", () => {
    const { variation: _, ...calm } = demand;
    const tier = new FluidTier({ ...input, traffic: calm });
    for (const role of roles) tier.start(`${role}-0`, role);
    tier.advance(600);
    const { arrived, dropped } = tier.window(0, 600);
    const inside = roles.reduce((sum, role) => {
      const { running, waiting } = tier.gauges(`${role}-0`);
      return sum + running + waiting;
    }, 0);
    assert.equal(dropped, 0);
    assert.ok(Math.abs(arrived - tier.gauges("decode-0").counters.finished - inside) < 1e-6);
  });

  test("without a pod that reads, those that write read prompts themselves", () => {
    const tier = new FluidTier(input);
    tier.start("decode-0", "decode");
    tier.advance(600);
    const alone = tier.window(300, 600).itl?.mean ?? 0;
    const apart = fluid();
    apart.advance(600);
    assert.ok(alone > 1.1 * (apart.window(300, 600).itl?.mean ?? Number.POSITIVE_INFINITY));
  });
});
