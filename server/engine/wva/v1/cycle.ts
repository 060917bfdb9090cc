import type { WvaProfile } from "../profiles.ts";
import type { ReplicaLoad, VariantState } from "../variant.ts";
import { analyzeSaturation, type SaturationThresholds } from "./analyze.ts";
import type { DecidedCycle } from "./explain.ts";
import { saturationTargets } from "./targets.ts";

export interface SaturationInput {
  readonly thresholds: SaturationThresholds;
  readonly replicas: readonly ReplicaLoad[];
  readonly states: readonly VariantState[];
  readonly profile: WvaProfile;
}

/** Analysis and targets of one model: what WVA does every cycle. `saturationDecisions` tells the result. */
export function runSaturation({ thresholds, replicas, states, profile }: SaturationInput): DecidedCycle {
  const analysis = analyzeSaturation(thresholds, replicas, profile);
  const choice = saturationTargets(analysis, states, profile);
  return { thresholds, analysis, states, choice, profile };
}
