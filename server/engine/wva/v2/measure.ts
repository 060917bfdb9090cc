import { tokens } from "../../units.ts";
import { type ProfileRules, wvaProfiles } from "../profiles.ts";
import type { VariantState } from "../variant.ts";
import type { ReplicaTokens, TokenInput } from "./analyze.ts";
import { estimateCapacity, mean, observed, outputBucket } from "./estimate.ts";
import type { CapacityRecord } from "./knowledge.ts";

/** What is known while a cycle learns; a copy of the knowledge it began with. */
export interface Memory {
  readonly records: Map<string, CapacityRecord>;
  readonly observations: Map<string, readonly number[]>;
}

/** Tokens that a replica can hold and tokens that it is asked to. */
export interface Measured {
  readonly capacity: number;
  readonly demand: number;
}

/** Each replica in turn: what one teaches is known to the next. */
export function measure(input: TokenInput, memory: Memory): Map<string, Measured[]> {
  const rules = wvaProfiles[input.profile];
  const stateOf = new Map(input.states.map((state) => [state.variant, state]));
  const measured = new Map<string, Measured[]>();
  for (const replica of input.replicas) {
    if (replica.totalKvTokens <= 0) continue;
    const state = stateOf.get(replica.variant);
    const gpus = state?.gpusPerReplica ?? 0;
    const demand = replica.tokensInUse + waitingTokens(replica, state, rules);
    const memoryBound = Math.trunc(replica.totalKvTokens * input.thresholds.kvCacheThreshold);
    const computeBound = computeBoundOf(replica, gpus, input, memory) ?? memoryBound;
    const capacity = Math.min(memoryBound, computeBound);
    memory.records.set(replica.variant, {
      learnedFrom: "live",
      accelerator: replica.accelerator,
      gpus,
      capacity: tokens(capacity),
      totalKvTokens: replica.totalKvTokens,
      engine: memory.records.get(replica.variant)?.engine,
    });
    const own = measured.get(replica.variant);
    if (own === undefined) measured.set(replica.variant, [{ capacity, demand }]);
    else own.push({ capacity, demand });
  }
  return measured;
}

function waitingTokens(replica: ReplicaTokens, state: VariantState | undefined, rules: ProfileRules): number {
  const { queueLength, avgInputTokens: input, avgOutputTokens: output } = replica;
  if (rules.waitingTokens === "input") return input > 0 ? queueLength * Math.trunc(input) : 0;
  const each = state?.role === "prefill" ? input : input + output;
  return queueLength > 0 ? Math.max(0, Math.trunc(queueLength * each)) : 0;
}

/** Seen under a full queue, else remembered, else estimated from the engine's arguments, else unknown. */
function computeBoundOf(replica: ReplicaTokens, gpus: number, { thresholds, profile }: TokenInput, memory: Memory) {
  const perGpus = profile === "main" ? `|${gpus}` : "";
  const key = `${replica.accelerator}${perGpus}|${outputBucket(replica.avgOutputTokens)}`;
  const past = memory.observations.get(key) ?? [];
  if (replica.queueLength >= Math.trunc(thresholds.queueLengthThreshold) && replica.tokensInUse > 0) {
    memory.observations.set(key, observed(past, replica.tokensInUse));
    return replica.tokensInUse;
  }
  const remembered = mean(past);
  if (remembered > 0) return Math.trunc(remembered);
  const estimated = estimateCapacity(memory.records.get(replica.variant)?.engine, replica);
  return estimated > 0 ? estimated : undefined;
}
