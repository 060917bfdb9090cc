import type { WvaProfile } from "../profiles.ts";
import { type AnalyzerEntry, type ScalingEntry, usesTokens } from "./entry.ts";
import { mergeEntries } from "./merge.ts";

/** Built into WVA: all of it in v0.4 and again since v0.6; v0.5 knows the two of the token analysis only. */
export const builtInEntry = {
  kvCacheThreshold: 0.8,
  queueLengthThreshold: 5,
  kvSpareTrigger: 0.1,
  queueSpareTrigger: 3,
} as const satisfies ScalingEntry;

export const builtInTokenThresholds = { scaleUpThreshold: 0.85, scaleDownBoundary: 0.7 } as const;

export const builtInPriority = 1;
export const builtInScore = 1;

/**
 * An entry with its gaps filled as that version does it (ApplyDefaults of internal/interfaces/saturation_scaling.go at
 * v0.5.1 and internal/config/saturation_scaling.go of main). v0.4 fills the entry that it resolved, main each entry as it
 * reads it. v0.5 does not call this while parsing: there an entry is used with its zeros.
 */
export function withDefaults(entry: ScalingEntry, profile: WvaProfile): ScalingEntry {
  if (profile === "v0.4") return mergeEntries(builtInEntry, entry);
  const tokens = usesTokens(entry) ? { ...builtInTokenThresholds, ...set(entry, tokenKeys) } : {};
  if (profile === "v0.5" || profile === "v0.5-rc") return { ...entry, ...tokens };
  const filled = { ...entry, ...builtInEntry, priority: builtInPriority, ...set(entry, mainKeys), ...tokens };
  return usesTokens(entry) ? { ...filled, analyzers: withAnalyzerDefaults(entry.analyzers) } : filled;
}

/** What main does to the entry it resolved, whatever its analyzer: that choice is made for the whole installation. */
export function withTokenThresholds(entry: ScalingEntry): ScalingEntry {
  return { ...entry, ...builtInTokenThresholds, ...set(entry, tokenKeys) };
}

const tokenKeys = ["scaleUpThreshold", "scaleDownBoundary"] as const;
const mainKeys = [
  "kvCacheThreshold",
  "queueLengthThreshold",
  "kvSpareTrigger",
  "queueSpareTrigger",
  "priority",
] as const;

/** The values that are set: to WVA, 0 is not. */
function set<K extends keyof ScalingEntry>(entry: ScalingEntry, keys: readonly K[]): Partial<Pick<ScalingEntry, K>> {
  const found: Partial<Record<K, ScalingEntry[K]>> = {};
  for (const key of keys) if (entry[key]) found[key] = entry[key];
  return found as Partial<Pick<ScalingEntry, K>>;
}

function withAnalyzerDefaults(analyzers: readonly AnalyzerEntry[] = []): readonly AnalyzerEntry[] {
  if (analyzers.length === 0) return [{ name: "saturation", score: builtInScore, enabled: true }];
  return analyzers.map((analyzer) => ({
    ...analyzer,
    score: analyzer.score || builtInScore,
    enabled: analyzer.enabled ?? true,
  }));
}
