import type { Candidate, Comparison, Decision, Hold, Reason } from "../../decision/decision.ts";
import { type ProfileRules, type WvaProfile, wvaProfiles } from "../profiles.ts";
import { wvaReasons } from "../reasons.ts";
import { unknownState, type VariantState } from "../variant.ts";
import { leastNonSaturated, type SaturationAnalysis, type SaturationThresholds } from "./analyze.ts";
import { blocks, isMoving, saturationTargets, type TargetChoice } from "./targets.ts";

/** A cycle that was decided, with all that it was decided from. */
export interface DecidedCycle {
  readonly thresholds: SaturationThresholds;
  readonly analysis: SaturationAnalysis;
  readonly states: readonly VariantState[];
  readonly choice: TargetChoice;
  readonly profile: WvaProfile;
}

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

interface Telling extends DecidedCycle {
  readonly rules: ProfileRules;
  readonly stateOf: ReadonlyMap<string, VariantState>;
  readonly costOf: ReadonlyMap<string, number>;
  readonly reportingOf: ReadonlyMap<string, number>;
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
  return {
    controller: "wva",
    subject: variant,
    from: state.current,
    to: target,
    reason: reasonOf(told, state, target),
    compared: [...(own ? shared.compared : whyAside(told, variant)), ...incomplete(told, state)],
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

/** The numbers of the law that decided for the model. */
function comparedOf(told: Telling): readonly Comparison[] {
  const { law } = told.choice;
  if (law === "no-analysis") return [];
  if (law === "transition") return told.analysis.variants.flatMap(({ variant }) => inTransition(told, variant));
  if (law === "scale-up" || law === "all-waiting") return spares(told).filter(({ relation }) => relation === "<");
  const after = sparesAfterRemoval(told);
  if (law === "steady") return [...spares(told), ...after.filter(({ relation }) => relation === "<")];
  return after;
}

function spares({ analysis, thresholds }: Telling): Comparison[] {
  return [
    against("avgSpareKv", analysis.avgSpareKv, "kvSpareTrigger", thresholds.kvSpareTrigger),
    against("avgSpareQueue", analysis.avgSpareQueue, "queueSpareTrigger", thresholds.queueSpareTrigger),
  ];
}

function sparesAfterRemoval({ analysis, thresholds }: Telling): Comparison[] {
  const after = analysis.spareAfterRemoval;
  if (after === undefined) return [against("nonSaturated", analysis.nonSaturated, "needed", leastNonSaturated)];
  return [
    against("spareKvAfterRemoval", after.kv, "kvSpareTrigger", thresholds.kvSpareTrigger),
    against("spareQueueAfterRemoval", after.queue, "queueSpareTrigger", thresholds.queueSpareTrigger),
  ];
}

function against(left: string, value: number, right: string, limit: number): Comparison {
  return { left: { name: left, value }, relation: value < limit ? "<" : ">=", right: { name: right, value: limit } };
}

/** Why this variant counts as moving; nothing when it stands still. */
function inTransition({ rules, stateOf, reportingOf }: Telling, variant: string): Comparison[] {
  const state = stateOf.get(variant) ?? unknownState;
  const reporting = reportingOf.get(variant) ?? 0;
  const current = { name: "current", value: state.current };
  const found: Comparison[] = [];
  if (isMoving(state)) found.push(unequal(`${variant}: desired`, state.desired, current));
  if (rules.incomplete === "blocks the model" && reporting !== state.current)
    found.push(unequal(`${variant}: reporting`, reporting, current));
  if (rules.pending === "blocks the model" && state.pending > 0)
    found.push(unequal(`${variant}: pending`, state.pending, { name: "allowed", value: 0 }));
  return found;
}

function unequal(name: string, value: number, right: Comparison["right"]): Comparison {
  return { left: { name, value }, relation: value < right.value ? "<" : ">", right };
}

/** The numbers for which a variant did not take the step. */
function whyAside(told: Telling, variant: string): Comparison[] {
  const { costOf, rules, choice } = told;
  const { chosen, law } = choice;
  const state = told.stateOf.get(variant) ?? unknownState;
  if (isMoving(state)) return [unequal("desired", state.desired, { name: "current", value: state.current })];
  if (law === "scale-up" && rules.pending !== "is ignored" && state.pending > 0)
    return [unequal("pending", state.pending, { name: "allowed", value: 0 })];
  const target = choice.targets.get(variant) ?? 0;
  if (law === "scale-down" && target <= 1)
    return [{ left: { name: "replicas", value: target }, relation: "<=", right: { name: "least", value: 1 } }];
  const [own, other] = [costOf.get(variant), costOf.get(chosen ?? "")];
  if (own === undefined || other === undefined || own === other) return [];
  return [unequal("cost", own, { name: `cost of ${chosen}`, value: other })];
}

/** Where the base is what reports, a target may differ from the count that runs without any decision. */
function incomplete({ choice, rules, reportingOf }: Telling, state: VariantState): Comparison[] {
  const reporting = reportingOf.get(state.variant);
  if (choice.law === "transition" || rules.base !== "reporting" || isMoving(state)) return [];
  if (reporting === undefined || reporting === state.current) return [];
  return [unequal("reporting", reporting, { name: "current", value: state.current })];
}

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

/** Whether the cycle ended before the law could speak, and by whose fault. */
export function blockingVariants({ analysis, states, profile }: Omit<DecidedCycle, "choice" | "thresholds">): string[] {
  const stateOf = new Map(states.map((state) => [state.variant, state]));
  return analysis.variants
    .filter(({ variant, reporting }) => blocks(wvaProfiles[profile], stateOf.get(variant), reporting))
    .map(({ variant }) => variant);
}
