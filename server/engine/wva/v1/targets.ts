import { type ProfileRules, type WvaProfile, wvaProfiles } from "../profiles.ts";
import { unknownState, type VariantState } from "../variant.ts";

/** What the choice needs of an analysis; {@link SaturationAnalysis} has it. */
export interface ScalingSignals {
  readonly shouldScaleUp: boolean;
  readonly scaleDownSafe: boolean;
  readonly variants: readonly { readonly variant: string; readonly cost: number; readonly reporting: number }[];
}

export type TargetLaw =
  | "no-analysis"
  | "transition"
  | "scale-up"
  | "all-waiting"
  | "scale-down"
  | "last-replicas"
  | "steady";

export interface TargetChoice {
  readonly law: TargetLaw;
  /** Replicas per analysed variant; per state when nothing was analysed. */
  readonly targets: ReadonlyMap<string, number>;
  /** The variant that takes the step of this cycle. */
  readonly chosen: string | undefined;
}

/** Turns the signals of a model into targets: at most one replica of one variant, and up before down. */
export function saturationTargets(
  signals: ScalingSignals | null,
  states: readonly VariantState[],
  profile: WvaProfile,
): TargetChoice {
  const targets = new Map<string, number>();
  if (signals === null || signals.variants.length === 0) {
    for (const { variant, current } of states) targets.set(variant, current);
    return { law: "no-analysis", targets, chosen: undefined };
  }
  const rules = wvaProfiles[profile];
  const stateOf = new Map<string, VariantState>();
  for (const state of states) stateOf.set(state.variant, state);

  if (signals.variants.some(({ variant, reporting }) => blocks(rules, stateOf.get(variant), reporting))) {
    for (const { variant } of signals.variants) targets.set(variant, heldTarget(stateOf.get(variant) ?? unknownState));
    return { law: "transition", targets, chosen: undefined };
  }
  for (const { variant, reporting } of signals.variants) {
    const state = stateOf.get(variant) ?? unknownState;
    targets.set(variant, isMoving(state) ? state.desired : baseOf(rules, state, reporting));
  }
  const { law, chosen } = takeStep(signals, stateOf, rules, targets);
  if (rules.bounded) clamp(states, targets);
  return { law, targets, chosen };
}

type State = Omit<VariantState, "variant">;

export function isMoving({ desired, current }: State): boolean {
  return desired !== 0 && desired !== current;
}

/** Whether this variant alone keeps the whole model from being decided about. */
export function blocks(rules: ProfileRules, state: State = unknownState, reporting: number): boolean {
  return (
    (rules.moving === "blocks the model" && isMoving(state)) ||
    (rules.incomplete === "blocks the model" && reporting !== state.current) ||
    (rules.pending === "blocks the model" && state.pending > 0)
  );
}

function heldTarget(state: State): number {
  return isMoving(state) ? state.desired : state.current;
}

function baseOf({ base }: ProfileRules, { current }: State, reporting: number): number {
  if (base === "current" || (base === "reporting when complete" && reporting !== current)) return current;
  return reporting;
}

function takeStep(
  signals: ScalingSignals,
  stateOf: ReadonlyMap<string, VariantState>,
  rules: ProfileRules,
  targets: Map<string, number>,
): { readonly law: TargetLaw; readonly chosen: string | undefined } {
  if (signals.shouldScaleUp) {
    const chosen = cheapest(signals, stateOf, rules);
    if (chosen === undefined) return { law: "all-waiting", chosen };
    targets.set(chosen, (targets.get(chosen) ?? 0) + 1);
    return { law: "scale-up", chosen };
  }
  if (signals.scaleDownSafe) {
    const chosen = dearest(signals, stateOf, targets);
    if (chosen === undefined) return { law: "last-replicas", chosen };
    targets.set(chosen, (targets.get(chosen) ?? 0) - 1);
    return { law: "scale-down", chosen };
  }
  return { law: "steady", chosen: undefined };
}

/** Names are DNS labels, so that comparing code units is comparing bytes, as upstream does. */
function cheapest(signals: ScalingSignals, stateOf: ReadonlyMap<string, VariantState>, rules: ProfileRules) {
  let best: ScalingSignals["variants"][number] | undefined;
  for (const candidate of signals.variants) {
    const state = stateOf.get(candidate.variant) ?? unknownState;
    if (isMoving(state) || (rules.pending !== "is ignored" && state.pending > 0)) continue;
    const cheaper = best === undefined || candidate.cost < best.cost;
    if (cheaper || (candidate.cost === best?.cost && candidate.variant < best.variant)) best = candidate;
  }
  return best?.variant;
}

/** The last replica of a variant is never taken here; the next dearest variant gives one instead. */
function dearest(
  signals: ScalingSignals,
  stateOf: ReadonlyMap<string, VariantState>,
  targets: ReadonlyMap<string, number>,
) {
  let best: ScalingSignals["variants"][number] | undefined;
  for (const candidate of signals.variants) {
    if (isMoving(stateOf.get(candidate.variant) ?? unknownState)) continue;
    if ((targets.get(candidate.variant) ?? 0) <= 1) continue;
    const dearer = best === undefined || candidate.cost > best.cost;
    if (dearer || (candidate.cost === best?.cost && candidate.variant > best.variant)) best = candidate;
  }
  return best?.variant;
}

/** After the choice: a cheapest variant at its maximum swallows the step, no other gets it. */
function clamp(states: readonly VariantState[], targets: Map<string, number>): void {
  for (const { variant, minReplicas, maxReplicas } of states) {
    const target = targets.get(variant);
    if (target === undefined) continue;
    if (minReplicas !== undefined && target < minReplicas) targets.set(variant, minReplicas);
    if (maxReplicas !== undefined && maxReplicas > 0 && target > maxReplicas) targets.set(variant, maxReplicas);
  }
}
