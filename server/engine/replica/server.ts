import type { CacheTier } from "../simulation/scenario.ts";
import type { StepLaw } from "./decode-law.ts";

/** A vLLM server as its replicas run it. */
export interface ReplicaServer {
  readonly law: StepLaw;
  /** Tokens that the KV cache holds. */
  readonly capacity: number;
  readonly blockSize: number;
  /** max_num_seqs */
  readonly maxRunning: number;
  /** max_num_batched_tokens */
  readonly maxBatchedTokens: number;
  /** max_model_len. A longer prompt is refused and an answer ends there. Absent: what the cache holds. */
  readonly maxLength?: number;
  readonly prefixCaching: boolean;
  /** Blocks that an admission leaves free. Absent: none, as in vLLM v1. */
  readonly watermark?: number;
  /** What LMCache keeps beside the GPU, nearest first. */
  readonly tiers?: readonly CacheTier[];
  /** Absent: both. */
  readonly role?: "prefill" | "decode";
}

export function blocksOf({ capacity, blockSize }: ReplicaServer): number {
  return Math.floor(capacity / blockSize);
}

/** Tokens of the longest request, prompt and answer: one that the cache can hold by itself. */
export function longestRequest(server: ReplicaServer): number {
  const room = (blocksOf(server) - (server.watermark ?? 0)) * server.blockSize;
  return Math.min(server.maxLength ?? room, room);
}
