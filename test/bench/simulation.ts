import { milliOf } from "../../server/engine/hpa/milli.ts";
import { FluidTier } from "../../server/engine/simulation/fluid/fluid.ts";
import type { Scenario } from "../../server/engine/simulation/scenario.ts";
import { simulate } from "../../server/engine/simulation/simulation.ts";
import { given } from "../../server/engine/sourced.ts";
import { fastest } from "./processor.ts";

/** A day of 40 replicas: the fluid alone, then with WVA and an HPA over it, against a loop that only asks for the traffic's rate. */
const day = 86_400;
const replicas = 40;

const wave = (at: number) => 60 + 120 * Math.abs(((at / day) % 1) - 0.5) + 20 * Math.abs(((at / 900) % 1) - 0.5);

const scenario: Scenario = {
  variants: [
    {
      name: "llama",
      replicas: given(replicas),
      server: {
        law: {
          stepTime: ({ decodes, promptTokens }) => 0.01 + decodes * 2.5e-4 + promptTokens * 1e-4,
          apiOverhead: 0.008,
        },
        capacity: given(200_000),
        maxRunning: given(128),
        maxBatchedTokens: given(8192),
        blockSize: 16,
        prefixCaching: false,
      },
      pod: {
        gpus: 1,
        pool: "h100",
        startUp: {
          image: given(60),
          fetch: given(30),
          load: { value: 60, spread: 20 },
          compile: given(30),
          probe: { initialDelay: given(0), period: given(10) },
          seen: given(1),
        },
        terminationGracePeriod: given(60),
      },
    },
  ],
  pools: [
    {
      name: "h100",
      gpusPerNode: 8,
      nodes: 5,
      fixed: false,
      provisioning: { value: 120, spread: 30 },
      consolidateAfter: given(60),
      perHour: given(32),
      billedWhileProvisioning: true,
    },
  ],
  signals: [
    {
      name: "wva_desired_replicas",
      measure: { of: "desired-replicas", variant: "llama" },
      scrape: given(15),
      delay: given(0),
    },
  ],
  autoscalers: [
    {
      kind: "hpa",
      target: "llama",
      spec: {
        minReplicas: 30,
        maxReplicas: 40,
        metrics: [
          {
            type: "External",
            external: {
              metric: { name: "wva_desired_replicas" },
              target: { type: "AverageValue", averageValue: milliOf(1) },
            },
          },
        ],
        behavior: {
          scaleUp: { stabilizationWindowSeconds: 180, policies: [{ type: "Pods", value: 2, periodSeconds: 60 }] },
          scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: "Pods", value: 1, periodSeconds: 120 }] },
        },
      },
      reads: ["wva_desired_replicas"],
      period: given(15),
    },
  ],
  wva: {
    profile: "main",
    interval: given(15),
    thresholds: { kvCacheThreshold: 0.8, queueLengthThreshold: 5, kvSpareTrigger: 0.1, queueSpareTrigger: 3 },
    scrape: given(15),
    window: given(60),
    variants: [{ name: "llama", cost: given(10), accelerator: "H100", minReplicas: given(30), maxReplicas: given(40) }],
    limiter: false,
  },
  router: { scrape: given(0.05), detector: { queueDepth: given(5), kvUsage: given(0.8) } },
  traffic: { rate: wave, promptTokens: 500, outputTokens: 200 },
  slo: { ttft: given(2), itl: given(0.1), target: 0.95 },
  duration: day,
  seed: 7,
};

function fluidAlone(): number {
  const tier = new FluidTier(scenario);
  for (let n = 0; n < replicas; n++) tier.start(`llama-${n}`, "llama");
  tier.advance(day);
  return tier.window(0, day).finished;
}

export const withControllers = () => simulate(scenario, new FluidTier(scenario)).summary.finished;

function plainLoop(): number {
  let sum = 0;
  for (let at = 0.5; at < day; at++) sum += scenario.traffic.rate(at);
  return sum;
}

/** Prints a line a run. */
export function benchSimulation(): void {
  const plain = fastest(plainLoop, 5);
  console.log(
    "\na day of 40 replicas         processor(ms)  ns a replica's second  against a loop that only asks for the rate",
  );
  for (const [name, run] of [
    ["fluid alone", fluidAlone],
    ["under WVA and an HPA", withControllers],
  ] as const) {
    const taken = fastest(run, 5);
    const cells = [taken.toFixed(0).padStart(7), ((taken * 1e6) / (day * replicas)).toFixed(0).padStart(20)];
    console.log(`${name.padEnd(28)}${cells.join(" ")} ${(taken / plain).toFixed(0).padStart(22)}`);
  }
}
