import { type ThresholdKey, thresholdKeys } from "../../kinds/wva/saturation.ts";
import type { Running } from "./versions.ts";

/** WVA 0.5 has nothing built in (internal/interfaces/saturation_scaling.go at v0.5.1). */
const asZero: Readonly<Record<ThresholdKey, string>> = {
  kvCacheThreshold:
    "WVA refuses the entry and skips every model, or without a kvSpareTrigger holds every replica saturated",
  queueLengthThreshold: "every replica counts as saturated, always",
  kvSpareTrigger: "a full KV cache alone never scales up",
  queueSpareTrigger: "a full queue alone never scales up",
};

/** What follows from a misspelt key beyond its being ignored, where the version that runs makes it worse. */
export function aftermathOf(schema: string | undefined, meant: string | undefined, running: Running): string {
  const key = thresholdKeys.find((known) => known === meant);
  if (schema !== "wva-saturation-entry" || key === undefined) return "";
  const version = running("wva")?.version;
  return version !== undefined && /^v?0\.5(?:\D|$)/.test(version)
    ? ` In ${version} ${key} is then 0: ${asZero[key]}.`
    : "";
}
