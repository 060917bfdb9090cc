import type { ScalingEntry } from "./entry.ts";

/** Taken over from an override as far as they are set there; so an override can never say 0, false or empty. */
const mergedKeys = [
  "kvCacheThreshold",
  "queueLengthThreshold",
  "kvSpareTrigger",
  "queueSpareTrigger",
  "analyzerName",
  "scaleUpThreshold",
  "scaleDownBoundary",
  "enableLimiter",
  "priority",
  "scaleToZero",
  "modelId",
  "namespace",
] as const satisfies readonly (keyof ScalingEntry)[];

/** A base entry under an override. `limiters` and `enableRescale` stay those of the base, for a budget is not a model's. */
export function mergeEntries(base: ScalingEntry, override: ScalingEntry): ScalingEntry {
  const merged: Record<string, unknown> = { ...base };
  for (const key of mergedKeys) if (override[key]) merged[key] = override[key];
  if (override.analyzers !== undefined && override.analyzers.length > 0) merged["analyzers"] = override.analyzers;
  return merged as ScalingEntry;
}
