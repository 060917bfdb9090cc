import { findGpu } from "../../../../server/engine/catalogue/find-gpu.ts";
import { findModel } from "../../../../server/engine/catalogue/find-model.ts";
import { defaultProfile } from "../../../../server/engine/epp/profile.ts";
import { isUnknownStep, stepLaw } from "../../../../server/engine/serving/step-time.ts";
import { FluidTier } from "../../../../server/engine/simulation/fluid/fluid.ts";
import type { KedaInput, Variant } from "../../../../server/engine/simulation/scenario.ts";
import { type Run, simulate } from "../../../../server/engine/simulation/simulation.ts";
import { given } from "../../../../server/engine/sourced.ts";
import { scenario, server, signal, variant } from "../world.ts";

/** What llm-d's guide on the token-aware signal publishes of its run, and of the same load on one replica. */
export interface TokenAware {
  readonly model: string;
  readonly gpu: string;
  readonly ranks: number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly sent: number;
  readonly maxReplicas: number;
  /** Of the one replica: tokens a second, and the wait of the last in the queue. */
  readonly alone: { readonly outputRate: number; readonly longestWait: number };
}

/** Prompt tokens a second that one replica reads, as the guide measured them (Qwen3-32B on two H100): its queries divide by that. */
const promptRate = 15_928;
/** The guide's thresholds: seconds of backlog a replica, and its share of the KV cache. */
const [backlog, usage] = [1.5, 0.8];

/** The same traffic with the guide's ScaledObject and with one replica that stays alone. */
export function tokenAware(facts: TokenAware) {
  const requestsPerSecond = facts.alone.outputRate / facts.outputTokens;
  // Neither the rate nor its duration is published: a queue that one replica works off in `longestWait` after the last arrival has both.
  const lasts = facts.sent / requestsPerSecond - facts.alone.longestWait;
  return { autoscaled: run(facts, lasts, true), alone: run(facts, lasts, false) };
}

function run(facts: TokenAware, lasts: number, scales: boolean): Run {
  const { promptTokens, outputTokens, sent, maxReplicas } = facts;
  const input = scenario({
    variants: [variant("qwen", 1, { server: serverOf(facts) })],
    signals: [
      signal("backlog", { of: "tokens-in-flight" }, { factor: 1 / promptRate }),
      signal("kv", { of: "kv-usage", over: "sum" }),
    ],
    router: { ...scenario({}).router, profile: defaultProfile },
    autoscalers: scales ? [keda(maxReplicas)] : [],
    traffic: { rate: (at) => (at < lasts ? sent / lasts : 0), promptTokens, outputTokens },
    duration: 2 * Math.ceil(sent / (facts.alone.outputRate / outputTokens)),
  });
  return simulate(input, new FluidTier(input));
}

function serverOf({ model, gpu, ranks }: TokenAware): Variant["server"] {
  const [shape, hardware] = [findModel(model), findGpu(gpu)];
  if (shape === undefined || hardware === undefined)
    throw new Error("the catalogue has lost a published run's model or GPU");
  const law = stepLaw(shape.model, hardware, { tensor: ranks });
  if (isUnknownStep(law)) throw new Error(`the law of a step needs ${law.missing}`);
  return { ...server, law, capacity: given(300_000), maxRunning: given(1024), maxBatchedTokens: given(8192) };
}

const keda = (maxReplicaCount: number): KedaInput => ({
  kind: "keda",
  target: "qwen",
  minor: 18,
  period: given(15),
  reads: ["backlog", "kv"],
  scaledObject: {
    name: "qwen",
    spec: {
      minReplicaCount: 1,
      maxReplicaCount,
      pollingInterval: 15,
      triggers: [backlog, usage].map((threshold) => ({
        type: "prometheus",
        metadata: { threshold: String(threshold) },
      })),
    },
  },
});
