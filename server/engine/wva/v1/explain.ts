import type { Candidate, Comparison, Decision, Hold, Reason } from "../../decision/decision.ts";
import { wvaProfiles } from "../profiles.ts";
import { wvaReasons } from "../reasons.ts";
import { unknownState, type VariantState } from "../variant.ts";
import { comparedOf, incomplete, type Telling, whyAside } from "./comparisons.ts";
import type { DecidedCycle } from "./cycle.ts";
import { isMoving, saturationTargets } from "./targets.ts";

/** One decision a target, in the order of the targets. Made when somebody asks, not while deciding. */
export function saturationDecisions(cycle: DecidedCycle): Decision[] {
  const told: Telling = {
    ...cycle,
    rules: wvaProfiles[cycle.profile],
    stateOf: new Map(cycle.states.map((state) => [state.variant, state])),
    costOf: new Map(cycle.analysis.variants.map(({ variant, cost }) => [variant, cost])),
    reportingOf: new Map(cycle.analysis.variants.map(({ variant, reporting }) => [variant, reporting])),
  };
  const shared = { compared: comparedOf(told), wantedInstead: wantedInstead(told), lost: losers(told) };
  return [...cycle.choice.targets].map(([variant, target]) => decisionOf(told, shared, variant, target));
}

interface Shared {
  readonly compared: readonly Comparison[];
  readonly wantedInstead: ReadonlyMap<string, number>;
  readonly lost: readonly Candidate[];
}

function decisionOf(told: Telling, shared: Shared, variant: string, target: number): Decision {
  const state = told.stateOf.get(variant) ?? { variant, ...unknownState };
  const { law, chosen } = told.choice;
  const own = law === "transition" || variant === chosen || chosen === undefined;
  const compared = own ? shared.compared : whyAside(told, variant);
  const uncounted = incomplete(told, state);
  return {
    controller: "wva",
    subject: variant,
    from: state.current,
    to: target,
    reason: reasonOf(told, state, target),
    compared: uncounted.length === 0 ? compared : [...compared, ...uncounted],
    held: holds(told, state, target, shared.wantedInstead.get(variant)),
    lost: variant === chosen ? shared.lost : [],
  };
}

function reasonOf({ analysis, rules, choice }: Telling, state: VariantState, target: number): Reason {
  const { law, chosen } = choice;
  if (law === "no-analysis" || law === "transition") return wvaReasons[law];
  if (isMoving(state)) return wvaReasons.moving;
  if (state.variant !== chosen) {
    if (target !== state.current && !rules.bounded) return wvaReasons["counts-reporting"];
    return wvaReasons[law === "scale-up" || law === "scale-down" ? "other-variant" : law];
  }
  return law === "scale-down" ? wvaReasons["removal-safe"] : wvaReasons[triggerReasons[analysis.trigger]];
}

const triggerReasons = {
  both: "both-spares-low",
  kv: "kv-spare-low",
  queue: "queue-spare-low",
  none: "steady",
} as const;

/** What the model would have got if nothing were in transition: the same law on the counts that run. */
function wantedInstead({ analysis, states, choice, profile }: Telling): ReadonlyMap<string, number> {
  if (choice.law !== "transition") return new Map();
  const current = new Map(states.map((state) => [state.variant, state.current]));
  const variants = analysis.variants.map(({ variant, cost }) => ({
    variant,
    cost,
    reporting: current.get(variant) ?? 0,
  }));
  const settled = states.map((state) => ({ ...state, desired: 0, pending: 0 }));
  return saturationTargets({ ...analysis, variants }, settled, profile).targets;
}

function holds(told: Telling, state: VariantState, target: number, wanted: number | undefined): Hold[] {
  const { choice, rules } = told;
  if (choice.law === "transition") {
    if (wanted === undefined || wanted === state.current || wanted === target) return [];
    return [{ by: "the transition of the model", wanted, allowed: target }];
  }
  if (choice.law === "all-waiting" && state.pending > 0)
    return [{ by: `${state.pending} pending`, wanted: target + 1, allowed: target }];
  if (!rules.bounded || choice.law === "no-analysis") return [];
  return boundHold(told, state, target);
}

function boundHold({ choice, reportingOf, rules }: Telling, state: VariantState, target: number): Hold[] {
  const base = rules.base === "current" ? state.current : (reportingOf.get(state.variant) ?? 0);
  const step = state.variant !== choice.chosen ? 0 : choice.law === "scale-up" ? 1 : -1;
  const wanted = base + step;
  if (wanted === target) return [];
  return [{ by: wanted > target ? "maxReplicas" : "minReplicas", wanted, allowed: target }];
}

/** Who could have taken the step, and why it did not. */
function losers(told: Telling): Candidate[] {
  const { choice, analysis, costOf } = told;
  const chosenCost = costOf.get(choice.chosen ?? "");
  if (choice.chosen === undefined || chosenCost === undefined) return [];
  return analysis.variants
    .filter(({ variant }) => variant !== choice.chosen)
    .map(({ variant, cost }) => ({ name: variant, because: whyNot(told, variant, cost, chosenCost) }));
}

function whyNot({ choice, stateOf, rules }: Telling, variant: string, cost: number, chosenCost: number): string {
  const state = stateOf.get(variant) ?? unknownState;
  if (isMoving(state)) return `it is on the way from ${state.current} to ${state.desired}`;
  const up = choice.law === "scale-up";
  if (up && rules.pending !== "is ignored" && state.pending > 0) return `it still has ${state.pending} pending`;
  if (!up && (choice.targets.get(variant) ?? 0) <= 1) return "it is down to its last replica";
  if (cost === chosenCost) return `it costs the same, and its name comes ${up ? "later" : "earlier"}`;
  return `it costs ${cost}, ${up ? "more" : "less"} than ${chosenCost}`;
}
