import { findGpu } from "../../../server/engine/catalogue/find-gpu.ts";
import { findModel } from "../../../server/engine/catalogue/find-model.ts";
import { defaultProfile } from "../../../server/engine/epp/profile.ts";
import { isUnknownStep, stepLaw } from "../../../server/engine/serving/step-time.ts";
import { FluidTier } from "../../../server/engine/simulation/fluid/fluid.ts";
import type { Autoscaler, Scenario } from "../../../server/engine/simulation/scenario.ts";
import { simulate } from "../../../server/engine/simulation/simulation.ts";
import { given } from "../../../server/engine/sourced.ts";
import { demandOf } from "../../../server/engine/traffic/demand.ts";
import { steps } from "../../../server/engine/traffic/rate.ts";
import type { Traffic } from "../../../server/engine/traffic/traffic.ts";
import { exactTier } from "../../../server/scenario/exact.ts";
import { desiredOf, external, hpa, scenario, server, signal, variant, wva } from "./world.ts";

/** Two hours, the middle one with more than three times the traffic, under one autoscaler: how far the two tiers are apart. */
const rate = steps([
  { rate: 4, lasts: 1800 },
  { rate: 14, lasts: 3600 },
  { rate: 4, lasts: 1800 },
]);

/** Who serves whom. */
export interface Set {
  readonly model: string;
  readonly ranks: number;
  readonly cacheTokens: number;
  readonly traffic: Traffic;
}

const alike: Set = {
  model: "Qwen/Qwen3-32B",
  ranks: 2,
  cacheTokens: 300_000,
  traffic: {
    rate,
    variation: 1,
    prompt: { law: "fixed", tokens: 1024 },
    output: { law: "fixed", tokens: 256 },
  },
};

export const sets = {
  alike,
  varied: {
    ...alike,
    traffic: {
      ...alike.traffic,
      prompt: { law: "lognormal", mu: 6.7, sigma: 0.7, cap: 8192 },
      output: { law: "lognormal", mu: 5.2, sigma: 0.8, cap: 1024 },
    },
  },
  /** No number of the fluid tier was read off this one. */
  "held out": {
    model: "meta-llama/Llama-3.1-8B-Instruct",
    ranks: 1,
    cacheTokens: 420_000,
    traffic: {
      rate,
      variation: 1.5,
      prompt: { law: "lognormal", mu: 7.3, sigma: 1, cap: 16_384 },
      output: { law: "lognormal", mu: 6.2, sigma: 0.6, cap: 2048 },
    },
  },
} satisfies Record<string, Set>;

const follows = (name: string, type: "AverageValue" | "Value", target: number, up = 0): Autoscaler => {
  const behavior = { scaleUp: { stabilizationWindowSeconds: up }, scaleDown: { stabilizationWindowSeconds: 300 } };
  return hpa("llama", name, { maxReplicas: 8, metrics: [external(name, type, target)], behavior });
};

export const controllers = {
  "requests that run, by the router": {
    signals: [signal("running", { of: "router-running" })],
    autoscalers: [follows("running", "AverageValue", 15)],
  },
  "the sum of the pods' running requests": {
    signals: [signal("running", { of: "running", over: "sum" })],
    autoscalers: [follows("running", "AverageValue", 15)],
  },
  "the fullest pod's running requests in a minute": {
    signals: [signal("running", { of: "running", over: "max", window: given(60) })],
    autoscalers: [follows("running", "Value", 15)],
  },
  "the fullest pod's KV cache": {
    signals: [signal("kv", { of: "kv-usage", over: "max" })],
    autoscalers: [follows("kv", "Value", 0.12)],
  },
  "WVA 0.5": {
    wva: wva(["llama"]),
    signals: [desiredOf("llama")],
    autoscalers: [follows("wva_desired_replicas", "AverageValue", 1, 60)],
  },
} satisfies Record<string, Partial<Scenario>>;

function bothOf({ model, ranks, cacheTokens, traffic }: Set, byLoad: boolean, rest: Partial<Scenario>, seed: number) {
  const [found, gpu] = [findModel(model), findGpu("H100")];
  if (found === undefined || gpu === undefined) throw new Error(`the catalogue has lost ${model} or its GPU`);
  const law = stepLaw(found.model, gpu, { tensor: ranks });
  if (isUnknownStep(law)) throw new Error(`the law of a step needs ${law.missing}`);
  const own = { ...server, law, capacity: given(cacheTokens), maxRunning: given(256), maxBatchedTokens: given(8192) };
  const demand = demandOf(traffic);
  const input = scenario({
    traffic: demand,
    variants: [variant("llama", 2, { server: own })],
    router: { ...scenario({}).router, ...(byLoad ? { profile: defaultProfile } : {}) },
    duration: 7200,
    seed,
    ...rest,
  });
  const exact = exactTier(input, { arrivals: demand.arrivals(input.seed), systemPrompts: [] });
  return { fluid: simulate(input, new FluidTier(input)).summary, exact: simulate(input, exact).summary };
}

/** Of some runs, whose seeds count from 1: how far those of one tier are apart tells what a single one is worth. */
export function meanOf(runs: number, set: Set, byLoad: boolean, rest: Partial<Scenario>) {
  const all = Array.from({ length: runs }, (_, run) => bothOf(set, byLoad, rest, run + 1));
  const ofTier = (tier: "fluid" | "exact") => ({
    replicaHours: moments(all.map((run) => run[tier].replicaHours)),
    finished: moments(all.map((run) => run[tier].finished)),
  });
  return { fluid: ofTier("fluid"), exact: ofTier("exact") };
}

function moments(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
