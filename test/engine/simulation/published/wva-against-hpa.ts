import { FluidTier } from "../../../../server/engine/simulation/fluid/fluid.ts";
import type { HpaInput, Scenario } from "../../../../server/engine/simulation/scenario.ts";
import type { Signal } from "../../../../server/engine/simulation/signal.ts";
import { type Run, simulate } from "../../../../server/engine/simulation/simulation.ts";
import { given } from "../../../../server/engine/sourced.ts";
import { desiredOf, external, hpa, scenario, server, signal, variant, wva } from "../world.ts";

/** A load far above one replica, under an HPA whose signal does not see that, and under WVA (its pull request 947). */
export interface WvaAgainstHpa {
  readonly promptTokens: number;
  readonly outputTokens: number;
  readonly rate: number;
  readonly lasts: number;
  /** Tokens a second of the one replica that the HPA held. */
  readonly oneReplica: number;
  readonly maxReplicas: number;
}

export function wvaAgainstHpa(facts: WvaAgainstHpa) {
  const slowness = outputRate(run(facts, 1, {}), facts) / facts.oneReplica;
  const fair = facts.rate / facts.maxReplicas;
  const bounds = { minReplicas: 1, maxReplicas: facts.maxReplicas };
  // Its signal is not published: a rate of finished requests is one that does not see a full replica.
  const finished: Signal = signal("finished", { of: "finished-rate", over: "sum", window: given(60) });
  const byRate: HpaInput = hpa("llama", "finished", {
    ...bounds,
    metrics: [external("finished", "AverageValue", fair)],
  });
  return {
    hpa: run(facts, slowness, { signals: [finished], autoscalers: [byRate] }),
    wva: run(facts, slowness, {
      wva: wva(["llama"], { profile: "main", interval: given(15) }),
      signals: [desiredOf("llama")],
      autoscalers: [hpa("llama", "wva_desired_replicas", bounds)],
    }),
  };
}

/** Tokens a second while the load lasts. */
export function outputRate({ summary }: Run, { lasts }: Pick<WvaAgainstHpa, "lasts">): number {
  return summary.outputTokens / lasts;
}

/** The model and the GPU are not published: what one replica makes of the load is, and a law is stretched until it makes that. */
function run(facts: WvaAgainstHpa, slowness: number, rest: Partial<Scenario>): Run {
  const { rate, promptTokens, outputTokens, lasts } = facts;
  const law: typeof server.law = { ...server.law, stepTime: (load) => slowness * server.law.stepTime(load) };
  const input = scenario({
    variants: [variant("llama", 1, { server: { ...server, law } })],
    traffic: { rate: () => rate, promptTokens, outputTokens },
    duration: lasts,
    ...rest,
  });
  return simulate(input, new FluidTier(input));
}
