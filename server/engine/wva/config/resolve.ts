import type { WvaProfile } from "../profiles.ts";
import { builtInTokenThresholds, withDefaults, withTokenThresholds } from "./defaults.ts";
import type { ScalingEntry } from "./entry.ts";
import { mergeEntries } from "./merge.ts";
import { validateEntry } from "./validate.ts";

/** The data of one saturation ConfigMap, each entry parsed. */
export type ScalingEntries = ReadonlyMap<string, ScalingEntry>;

export interface ModelName {
  readonly modelId: string;
  readonly namespace: string;
}

/** The data key of an override since v0.6. Kubernetes allows neither `#` nor `/` in a key, so no ConfigMap can hold one. */
export function overrideKey({ modelId, namespace }: ModelName): string {
  return `${modelId}#${namespace}`;
}

/**
 * The entry that a model is decided by, as that version finds it; undefined when there is none and WVA skips the model.
 * Entries that WVA refuses count as absent.
 */
export function resolveEntry(entries: ScalingEntries, model: ModelName, profile: WvaProfile): ScalingEntry | undefined {
  const entry = (key: string) => accepted(entries.get(key), profile);
  if (profile === "v0.4") {
    const base = entry("default") ?? {};
    const override = [...entries.values()].find((one) => names(one, model) && accepted(one, profile) !== undefined);
    return withDefaults(override === undefined ? base : mergeEntries(base, override), profile);
  }
  if (profile === "v0.5" || profile === "v0.5-rc") return entry("default");
  const base = entry("default") ?? withDefaults({}, profile);
  const override = entry(overrideKey(model));
  if (profile === "v0.6") return override ?? base;
  return inOrder(withTokenThresholds(override === undefined ? base : mergeEntries(base, override)));
}

function accepted(entry: ScalingEntry | undefined, profile: WvaProfile): ScalingEntry | undefined {
  if (entry === undefined) return undefined;
  const filled = profile === "v0.6" || profile === "main" ? withDefaults(entry, profile) : entry;
  return validateEntry(filled, profile).length === 0 ? filled : undefined;
}

function names(entry: ScalingEntry, { modelId, namespace }: ModelName): boolean {
  return entry.modelId === modelId && entry.namespace === namespace;
}

/** A merge may turn the two token thresholds round; main then takes its own pair. */
function inOrder(entry: ScalingEntry): ScalingEntry {
  const { scaleUpThreshold: up = 0, scaleDownBoundary: down = 0 } = entry;
  return up > down ? entry : { ...entry, ...builtInTokenThresholds };
}
