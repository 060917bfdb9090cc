import { findGpu } from "../../server/engine/catalogue/find-gpu.ts";
import { findModel } from "../../server/engine/catalogue/find-model.ts";
import { defaultProfile } from "../../server/engine/epp/profile.ts";
import { isUnknownStep, stepLaw } from "../../server/engine/serving/step-time.ts";
import { FluidTier } from "../../server/engine/simulation/fluid/fluid.ts";
import type { Autoscaler, Scenario } from "../../server/engine/simulation/scenario.ts";
import { simulate } from "../../server/engine/simulation/simulation.ts";
import { given } from "../../server/engine/sourced.ts";
import { demandOf } from "../../server/engine/traffic/demand.ts";
import { steps } from "../../server/engine/traffic/rate.ts";
import type { Traffic } from "../../server/engine/traffic/traffic.ts";
import { exactTier } from "../../server/scenario/exact.ts";
import { desiredOf, external, hpa, scenario, server, signal, variant, wva } from "../engine/simulation/world.ts";

/** Two hours, the middle one with more than three times the traffic, under one autoscaler: how far the two tiers are apart. */
const rate = steps([
  { rate: 4, lasts: 1800 },
  { rate: 14, lasts: 3600 },
  { rate: 4, lasts: 1800 },
]);
const alike: Traffic = {
  rate,
  variation: 1,
  prompt: { law: "fixed", tokens: 1024 },
  output: { law: "fixed", tokens: 256 },
};
const varied: Traffic = {
  ...alike,
  prompt: { law: "lognormal", mu: 6.7, sigma: 0.7, cap: 8192 },
  output: { law: "lognormal", mu: 5.2, sigma: 0.8, cap: 1024 },
};

const follows = (name: string, type: "AverageValue" | "Value", target: number, up = 0): Autoscaler => {
  const behavior = { scaleUp: { stabilizationWindowSeconds: up }, scaleDown: { stabilizationWindowSeconds: 300 } };
  return hpa("llama", name, { maxReplicas: 8, metrics: [external(name, type, target)], behavior });
};

const controllers: readonly (readonly [title: string, rest: Partial<Scenario>])[] = [
  [
    "requests that run, by the router",
    {
      signals: [signal("running", { of: "router-running" })],
      autoscalers: [follows("running", "AverageValue", 15)],
    },
  ],
  [
    "the sum of the pods' running requests",
    {
      signals: [signal("running", { of: "running", over: "sum" })],
      autoscalers: [follows("running", "AverageValue", 15)],
    },
  ],
  [
    "the fullest pod's running requests in a minute",
    {
      signals: [signal("running", { of: "running", over: "max", window: given(60) })],
      autoscalers: [follows("running", "Value", 15)],
    },
  ],
  [
    "the fullest pod's KV cache",
    {
      signals: [signal("kv", { of: "kv-usage", over: "max" })],
      autoscalers: [follows("kv", "Value", 0.12)],
    },
  ],
  [
    "WVA 0.5",
    {
      wva: wva(["llama"]),
      signals: [desiredOf("llama")],
      autoscalers: [follows("wva_desired_replicas", "AverageValue", 1, 60)],
    },
  ],
];

function replicaHours(traffic: Traffic, byLoad: boolean, rest: Partial<Scenario>) {
  const [found, gpu] = [findModel("Qwen/Qwen3-32B"), findGpu("H100")];
  if (found === undefined || gpu === undefined) throw new Error("the catalogue has lost the bench's model or GPU");
  const law = stepLaw(found.model, gpu, { tensor: 2 });
  if (isUnknownStep(law)) throw new Error(`the law of a step needs ${law.missing}`);
  const own = { ...server, law, capacity: given(300_000), maxRunning: given(256), maxBatchedTokens: given(8192) };
  const demand = demandOf(traffic);
  const input = scenario({
    traffic: demand,
    variants: [variant("llama", 2, { server: own })],
    router: { ...scenario({}).router, ...(byLoad ? { profile: defaultProfile } : {}) },
    duration: 7200,
    ...rest,
  });
  const exact = exactTier(input, { arrivals: demand.arrivals(input.seed), systemPrompts: [] });
  const [one, other] = [new FluidTier(input), exact].map((tier) => simulate(input, tier).summary.replicaHours);
  return { fluid: one as number, exact: other as number };
}

/** Prints a line for each way of counting, spreading and deciding. */
export function benchAgreement(): void {
  console.log(
    "\nreplica hours                                            lengths  router     fluid   exact  difference",
  );
  for (const [lengths, traffic] of [
    ["alike", alike],
    ["varied", varied],
  ] as const)
    for (const byLoad of [false, true])
      for (const [title, rest] of controllers) {
        const { fluid, exact } = replicaHours(traffic, byLoad, rest);
        const cells = [
          title.padEnd(56),
          lengths.padEnd(8),
          (byLoad ? "by load" : "in turns").padEnd(9),
          fluid.toFixed(2).padStart(6),
          exact.toFixed(2).padStart(7),
          `${((fluid / exact - 1) * 100).toFixed(1)} %`.padStart(11),
        ];
        console.log(cells.join(" "));
      }
}
