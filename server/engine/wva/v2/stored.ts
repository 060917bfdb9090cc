import type { VariantState } from "../variant.ts";
import type { ReplicaTokens, TokenThresholds } from "./analyze.ts";
import { estimateCapacity, type RequestTokens } from "./estimate.ts";
import { compatibleRecord } from "./knowledge.ts";
import type { Memory } from "./measure.ts";

/** What a replica of a variant without replicas would hold, by what is known of it or of one like it. */
export function storedCapacity(
  state: VariantState,
  first: ReplicaTokens | undefined,
  { records }: Memory,
  { kvCacheThreshold }: TokenThresholds,
  workload: RequestTokens,
): number {
  const record = records.get(state.variant);
  if (record === undefined) return 0;
  if (record.capacity <= 0) {
    const like = { accelerator: first?.accelerator ?? "", gpus: state.gpusPerReplica ?? 0, engine: record.engine };
    return compatibleRecord(records, like)?.capacity ?? 0;
  }
  if (record.learnedFrom === "live") return record.capacity;
  const estimated = estimateCapacity(record.engine, workload);
  if (estimated <= 0) return record.capacity;
  const bounds = [estimated, Math.trunc(record.totalKvTokens * kvCacheThreshold)];
  const like = compatibleRecord(records, record);
  if (like?.learnedFrom === "live") bounds.push(like.capacity);
  return Math.min(...bounds.filter((bound) => bound > 0));
}
