import { type Seconds, seconds } from "../../units.ts";
import { goDuration } from "./duration.ts";

/** One entry of `wva-model-scale-to-zero-config`, parsed. Its namespace is not looked at. */
export interface ScaleToZeroEntry {
  readonly modelId?: string;
  /** Absent: inherited. */
  readonly enabled?: boolean;
  readonly retentionPeriod?: string;
}

export interface ScaleToZero {
  readonly enabled: boolean;
  readonly retention: Seconds;
}

/** internal/config/scale_to_zero.go at v0.5.1; a longer one than a day is only logged. */
export const defaultRetention = seconds(600);

/**
 * Whether a model may go to zero and how long it has to be idle: its own entry, else `default`, else the environment's
 * WVA_SCALE_TO_ZERO. Of two entries for a model the one with the first key counts.
 */
export function scaleToZeroOf(
  entries: ReadonlyMap<string, ScaleToZeroEntry>,
  modelId: string,
  environment: string | undefined,
): ScaleToZero {
  const byModel = entriesByModel(entries);
  const own = byModel.get(modelId);
  const fallback = byModel.get("default");
  return {
    enabled: own?.enabled ?? fallback?.enabled ?? environment?.toLowerCase() === "true",
    retention: retentionOf(own) ?? retentionOf(fallback) ?? defaultRetention,
  };
}

/** A retention period that WVA accepts: a Go duration above 0. */
export function retentionOf(entry: ScaleToZeroEntry | undefined): Seconds | undefined {
  const period = goDuration(entry?.retentionPeriod ?? "");
  return period !== undefined && period > 0 ? period : undefined;
}

function entriesByModel(entries: ReadonlyMap<string, ScaleToZeroEntry>): Map<string, ScaleToZeroEntry> {
  const byModel = new Map<string, ScaleToZeroEntry>();
  const taken = new Set<string>();
  for (const key of [...entries.keys()].sort()) {
    const entry = entries.get(key);
    const modelId = key === "default" ? key : entry?.modelId;
    if (entry === undefined || !modelId || (key !== "default" && taken.has(modelId))) continue;
    if (key !== "default") taken.add(modelId);
    byModel.set(modelId, entry);
  }
  return byModel;
}
