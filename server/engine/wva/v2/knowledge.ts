import { type Tokens, tokens } from "../../units.ts";
import { type EngineParameters, sameCapacity } from "./engine-arguments.ts";

/** What is known of the capacity of a variant's replicas. */
export interface CapacityRecord {
  /** Seen in running replicas, or guessed from the manifest. */
  readonly learnedFrom: "live" | "deployment";
  readonly accelerator: string;
  readonly gpus: number;
  readonly capacity: Tokens;
  /** All of its KV cache; 0 when unknown. */
  readonly totalKvTokens: Tokens;
  readonly engine: EngineParameters | undefined;
}

/** What the token analysis remembers of a model from cycle to cycle. */
export interface TokenKnowledge {
  readonly records: ReadonlyMap<string, CapacityRecord>;
  /** Capacities seen under a full queue, by accelerator and length of answers. */
  readonly observations: ReadonlyMap<string, readonly number[]>;
}

export const noKnowledge: TokenKnowledge = { records: new Map(), observations: new Map() };

/**
 * A record from another variant, or this one, of the same hardware and arguments. One that was seen live is preferred;
 * else the first.
 */
export function compatibleRecord(
  records: ReadonlyMap<string, CapacityRecord>,
  { accelerator, gpus, engine }: Pick<CapacityRecord, "accelerator" | "gpus" | "engine">,
): CapacityRecord | undefined {
  if (engine === undefined) return undefined;
  let best: CapacityRecord | undefined;
  for (const record of records.values()) {
    if (record.accelerator !== accelerator || record.gpus !== gpus || record.engine === undefined) continue;
    if (record.capacity <= 0 && record.totalKvTokens <= 0) continue;
    if (!sameCapacity(record.engine, engine)) continue;
    if (record.learnedFrom === "live") return record;
    best ??= record;
  }
  return best;
}

/** What WVA writes down about a variant whose manifest it sees before any replica runs. */
export function recordFromManifest(accelerator: string, gpus: number, engine: EngineParameters): CapacityRecord {
  return {
    learnedFrom: "deployment",
    accelerator,
    gpus,
    capacity: engine.maxBatchedTokens,
    totalKvTokens: tokens(engine.gpuBlocksOverride > 0 ? engine.gpuBlocksOverride * engine.blockSize : 0),
    engine,
  };
}
