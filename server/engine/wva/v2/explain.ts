import type { Comparison, Decision, Hold } from "../../decision/decision.ts";
import { type WvaProfile, wvaProfiles } from "../profiles.ts";
import { wvaReasons } from "../reasons.ts";
import type { VariantState } from "../variant.ts";
import type { TokenAnalysis, TokenThresholds } from "./analyze.ts";
import { optimizeCost } from "./optimize.ts";

export interface DecidedTokens {
  readonly thresholds: TokenThresholds;
  readonly analysis: TokenAnalysis;
  readonly states: readonly VariantState[];
  readonly targets: ReadonlyMap<string, number>;
  readonly profile: WvaProfile;
}

/** One decision a variant, with the tokens that led to it. */
export function tokenDecisions(cycle: DecidedTokens): Decision[] {
  const { analysis, states, targets } = cycle;
  const compared = comparedOf(cycle);
  const unbounded = withoutBounds(cycle);
  const law = analysis.required > 0 ? "tokens-short" : analysis.spare > 0 ? "tokens-spare" : "tokens-steady";
  return states.map((state) => {
    const to = targets.get(state.variant) ?? state.current;
    const aside = to === state.current && law !== "tokens-steady";
    return {
      controller: "wva",
      subject: state.variant,
      from: state.current,
      to,
      reason: wvaReasons[aside ? "tokens-other" : law],
      compared,
      held: boundHolds(state, unbounded.get(state.variant) ?? to, to),
      lost: aside || law === "tokens-steady" ? [] : losers(cycle, state.variant),
    };
  });
}

function comparedOf({ analysis, thresholds }: DecidedTokens): Comparison[] {
  const { demand, anticipatedSupply, supply } = analysis;
  const short = analysis.required > 0;
  const spare = !short && analysis.spare > 0;
  const above = comparison(
    "demand",
    demand,
    short ? ">" : "<=",
    "supply at scaleUpThreshold",
    anticipatedSupply * thresholds.scaleUpThreshold,
  );
  const below = comparison(
    "demand",
    demand,
    spare ? "<" : ">=",
    "supply at scaleDownBoundary",
    supply * thresholds.scaleDownBoundary,
  );
  return short ? [above] : spare ? [below] : [above, below];
}

function comparison(name: string, value: number, relation: Comparison["relation"], limit: string, other: number) {
  return {
    left: { name, value, unit: "tokens" },
    relation,
    right: { name: limit, value: Math.round(other), unit: "tokens" },
  } as const;
}

/** What the optimizer would have done without bounds. */
function withoutBounds({ analysis, states, targets, profile }: DecidedTokens): ReadonlyMap<string, number> {
  if (!wvaProfiles[profile].bounded) return targets;
  const free = states.map(({ minReplicas: _min, maxReplicas: _max, ...rest }) => rest);
  return optimizeCost(analysis, free, profile);
}

function boundHolds({ minReplicas, maxReplicas }: VariantState, wanted: number, to: number): Hold[] {
  if (wanted > to && to === maxReplicas) return [{ by: "maxReplicas", wanted, allowed: to }];
  if (wanted < to && to === minReplicas) return [{ by: "minReplicas", wanted, allowed: to }];
  return [];
}

function losers({ analysis, targets, states }: DecidedTokens, taken: string): Decision["lost"] {
  const currentOf = new Map(states.map(({ variant, current }) => [variant, current]));
  return analysis.variants
    .filter(({ variant }) => variant !== taken && targets.get(variant) === currentOf.get(variant))
    .map(({ variant, cost, perReplica }) => ({ name: variant, because: whyNot(cost, perReplica) }));
}

function whyNot(cost: number, perReplica: number): string {
  if (perReplica <= 0) return "nobody knows what one of its replicas holds";
  return `a replica of it costs ${cost} and holds ${perReplica} tokens`;
}
