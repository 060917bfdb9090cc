import { type WvaProfile, wvaProfiles } from "../profiles.ts";
import type { ReplicaLoad, VariantState } from "../variant.ts";
import { analyzeSaturation, type SaturationAnalysis, type SaturationThresholds } from "./analyze.ts";
import { blocks, saturationTargets, type TargetChoice } from "./targets.ts";

export interface SaturationInput {
  readonly thresholds: SaturationThresholds;
  readonly replicas: readonly ReplicaLoad[];
  readonly states: readonly VariantState[];
  readonly profile: WvaProfile;
}

/** A cycle that was decided, with all that it was decided from. */
export interface DecidedCycle {
  readonly thresholds: SaturationThresholds;
  readonly analysis: SaturationAnalysis;
  readonly states: readonly VariantState[];
  readonly choice: TargetChoice;
  readonly profile: WvaProfile;
}

/** Analysis and targets of one model: what WVA does every cycle. `saturationDecisions` tells the result. */
export function runSaturation({ thresholds, replicas, states, profile }: SaturationInput): DecidedCycle {
  const analysis = analyzeSaturation(thresholds, replicas, profile);
  const choice = saturationTargets(analysis, states, profile);
  return { thresholds, analysis, states, choice, profile };
}

/** The variants that kept the model from being decided about, if any did. */
export function blockingVariants({ analysis, states, profile }: Omit<DecidedCycle, "choice" | "thresholds">): string[] {
  const stateOf = new Map(states.map((state) => [state.variant, state]));
  return analysis.variants
    .filter(({ variant, reporting }) => blocks(wvaProfiles[profile], stateOf.get(variant), reporting))
    .map(({ variant }) => variant);
}
