import { share } from "../../../server/engine/units.ts";
import type { WvaProfile } from "../../../server/engine/wva/profiles.ts";
import type { SaturationThresholds } from "../../../server/engine/wva/v1/analyze.ts";
import type { ReplicaLoad, VariantState } from "../../../server/engine/wva/variant.ts";

/** WVA's own thresholds: 0.80, 5, 0.10, 3. */
export const usual = thresholds(0.8, 5, 0.1, 3);

export function thresholds(
  kvCacheThreshold: number,
  queueLengthThreshold: number,
  kvSpareTrigger: number,
  queueSpareTrigger: number,
): SaturationThresholds {
  return { kvCacheThreshold, queueLengthThreshold, kvSpareTrigger, queueSpareTrigger };
}

/** Replicas of a variant from pairs of KV usage and queue length. */
export function variant(name: string, cost: number, ...loads: readonly (readonly [number, number])[]): ReplicaLoad[] {
  return loads.map(([kv, queueLength], at) => ({
    variant: name,
    pod: `${name}-${at}`,
    kvUsage: share(kv),
    queueLength,
    cost,
  }));
}

export function state(name: string, current: number, more: Partial<VariantState> = {}): VariantState {
  return { variant: name, current, desired: 0, pending: 0, ...more };
}

export const allProfiles: readonly WvaProfile[] = ["v0.4", "v0.5-rc", "v0.5", "v0.6", "main"];
