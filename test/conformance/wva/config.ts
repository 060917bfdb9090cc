import { withDefaults } from "../../../server/engine/wva/config/defaults.ts";
import type { ScalingEntry } from "../../../server/engine/wva/config/entry.ts";
import { mergeEntries } from "../../../server/engine/wva/config/merge.ts";
import { type ScaleToZeroEntry, scaleToZeroOf } from "../../../server/engine/wva/config/scale-to-zero.ts";
import { tellViolation, validateEntry } from "../../../server/engine/wva/config/validate.ts";
import type { Adapter } from "../adapter.ts";
import { forEachProfile } from "./match.ts";

export const configAdapters: ReadonlyMap<string, Adapter> = new Map([
  [
    "config-validate",
    forEachProfile<{ readonly config: ScalingEntry }>(({ config }, profile) => {
      const violations = validateEntry(config, profile);
      return { valid: violations.length === 0, violations: violations.map(tellViolation) };
    }),
  ],
  [
    "config-defaults",
    forEachProfile<{ readonly config: ScalingEntry }>(({ config }, profile) => spelt(withDefaults(config, profile))),
  ],
  [
    "config-merge",
    forEachProfile<{ readonly base: EntryFields; readonly override: EntryFields }>(({ base, override }) =>
      spelt(mergeEntries(entryOf(base), entryOf(override))),
    ),
  ],
  [
    "scale-to-zero-config",
    forEachProfile<ZeroFields>(({ data, modelId, envWvaScaleToZero }) => {
      const entries = new Map(Object.entries(data).map(([key, entry]) => [key, zeroEntry(entry)]));
      const { enabled, retention } = scaleToZeroOf(entries, modelId, envWvaScaleToZero ?? undefined);
      return { enabled, retentionSeconds: retention };
    }),
  ],
]);

interface ZeroFields {
  readonly data: Record<
    string,
    { model_id?: string; enable_scale_to_zero?: boolean | null; retention_period?: string }
  >;
  readonly modelId: string;
  readonly envWvaScaleToZero: string | null;
}

function zeroEntry(entry: ZeroFields["data"][string]): ScaleToZeroEntry {
  return {
    ...(entry.model_id === undefined ? {} : { modelId: entry.model_id }),
    ...(entry.enable_scale_to_zero == null ? {} : { enabled: entry.enable_scale_to_zero }),
    ...(entry.retention_period === undefined ? {} : { retentionPeriod: String(entry.retention_period) }),
  };
}

type EntryFields = ScalingEntry & { readonly model_id?: string };

function entryOf({ model_id, ...entry }: EntryFields): ScalingEntry {
  return model_id === undefined ? entry : { ...entry, modelId: model_id };
}

/** In the vectors 0, false and empty stand where an entry says nothing. */
function spelt(entry: ScalingEntry) {
  const unset = { kvCacheThreshold: 0, queueLengthThreshold: 0, kvSpareTrigger: 0, queueSpareTrigger: 0 };
  return {
    ...unset,
    scaleUpThreshold: 0,
    scaleDownBoundary: 0,
    priority: 0,
    analyzerName: "",
    enableLimiter: false,
    analyzers: [],
    ...entry,
    ...(entry.modelId === undefined ? {} : { model_id: entry.modelId }),
  };
}
