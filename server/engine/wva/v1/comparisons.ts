import type { Comparison } from "../../decision/decision.ts";
import type { ProfileRules } from "../profiles.ts";
import { unknownState, type VariantState } from "../variant.ts";
import { leastNonSaturated } from "./analyze.ts";
import type { DecidedCycle } from "./cycle.ts";
import { isMoving } from "./targets.ts";

/** A decided cycle, with its variants at hand by name. */
export interface Telling extends DecidedCycle {
  readonly rules: ProfileRules;
  readonly stateOf: ReadonlyMap<string, VariantState>;
  readonly costOf: ReadonlyMap<string, number>;
  readonly reportingOf: ReadonlyMap<string, number>;
}

/** The numbers of the law that decided for the model. */
export function comparedOf(told: Telling): readonly Comparison[] {
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
export function whyAside(told: Telling, variant: string): Comparison[] {
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
export function incomplete({ choice, rules, reportingOf }: Telling, state: VariantState): Comparison[] {
  const reporting = reportingOf.get(state.variant);
  if (choice.law === "transition" || rules.base !== "reporting" || isMoving(state)) return [];
  if (reporting === undefined || reporting === state.current) return [];
  return [unequal("reporting", reporting, { name: "current", value: state.current })];
}
