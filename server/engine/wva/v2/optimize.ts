import { type WvaProfile, wvaProfiles } from "../profiles.ts";
import type { VariantState } from "../variant.ts";

/** What the optimizer needs of an analysis; {@link TokenAnalysis} has it. */
export interface CapacityGap {
  /** In tokens. */
  readonly required: number;
  /** In tokens; looked at only when nothing is required. */
  readonly spare: number;
  readonly variants: readonly SizedVariant[];
}

export interface SizedVariant {
  readonly variant: string;
  readonly cost: number;
  /** Tokens that one replica holds. A variant without is passed over. */
  readonly perReplica: number;
}

/**
 * Turns missing or spare tokens into replicas, several at once if need be: added where a token is cheapest, removed where
 * a replica is dearest (internal/engines/pipeline/cost_aware_optimizer.go). Pending replicas exclude nobody.
 */
export function optimizeCost(gap: CapacityGap, states: readonly VariantState[], profile: WvaProfile) {
  const targets = new Map<string, number>();
  for (const { variant, current } of states) targets.set(variant, current);
  const bounds: Bounds = new Map(wvaProfiles[profile].bounded ? states.map((state) => [state.variant, state]) : []);
  if (gap.required > 0) add(gap, bounds, targets);
  else if (gap.spare > 0) remove(gap, bounds, targets, profile);
  return targets as ReadonlyMap<string, number>;
}

type Bounds = ReadonlyMap<string, Pick<VariantState, "minReplicas" | "maxReplicas">>;

/** What one variant may not take for its maximum spills over to the next. */
function add({ required, variants }: CapacityGap, bounds: Bounds, targets: Map<string, number>): void {
  let missing = required;
  for (const { variant, perReplica } of byTokenPrice(variants)) {
    if (missing <= 0) return;
    const current = targets.get(variant) ?? 0;
    const most = bounds.get(variant)?.maxReplicas ?? 0;
    const free = most > 0 ? Math.max(0, most - current) : Number.POSITIVE_INFINITY;
    const added = Math.min(Math.ceil(missing / perReplica), free);
    targets.set(variant, current + added);
    missing -= added * perReplica;
  }
}

function remove(gap: CapacityGap, bounds: Bounds, targets: Map<string, number>, profile: WvaProfile): void {
  let spare = gap.spare;
  const last = lastToGo(gap.variants, profile);
  for (const { variant, perReplica } of byReplicaPrice(gap.variants, profile)) {
    if (spare <= 0) return;
    const current = targets.get(variant) ?? 0;
    const kept = variant === last && !othersRun(targets, variant) ? 1 : 0;
    const removable = current - Math.max(kept, bounds.get(variant)?.minReplicas ?? 0);
    const removed = Math.min(Math.floor(spare / perReplica), removable);
    if (removed <= 0) continue;
    targets.set(variant, current - removed);
    spare -= removed * perReplica;
  }
}

function byTokenPrice(variants: readonly SizedVariant[]): SizedVariant[] {
  const sized = variants.filter(({ perReplica }) => perReplica > 0);
  return sized.sort((a, b) => a.cost / a.perReplica - b.cost / b.perReplica);
}

/** Dearest first. Main orders equal ones by capacity, so that the most capable one stays longest. */
function byReplicaPrice(variants: readonly SizedVariant[], profile: WvaProfile): SizedVariant[] {
  const sized = variants.filter(({ perReplica }) => perReplica > 0);
  return sized.sort((a, b) => b.cost - a.cost || (profile === "main" ? a.perReplica - b.perReplica : 0));
}

/** The cheapest variant: the one that keeps a replica when no other has any. */
function lastToGo(variants: readonly SizedVariant[], profile: WvaProfile): string | undefined {
  let last: SizedVariant | undefined;
  for (const candidate of variants) {
    const cheaper = last === undefined || candidate.cost < last.cost;
    const abler = profile === "main" && candidate.cost === last?.cost && candidate.perReplica >= last.perReplica;
    if (cheaper || abler) last = candidate;
  }
  return last?.variant;
}

function othersRun(targets: ReadonlyMap<string, number>, variant: string): boolean {
  for (const [name, target] of targets) if (name !== variant && target > 0) return true;
  return false;
}
