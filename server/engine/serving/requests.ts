/** What requests are like, on the mean. */
export interface RequestShape {
  /** Tokens of a prompt, cached ones included. 0: nothing to prefill here. */
  readonly inputTokens: number;
  /** Tokens of an answer, from 1 on. The first one comes out of the prefill. */
  readonly outputTokens: number;
  /** Share of the prompt that stands in a cache: 1 where another pod prefills. */
  readonly hitShare: number;
}

/** What one replica can hold at once. */
export interface ReplicaLimits {
  /** `GPU KV cache size`. */
  readonly cacheTokens: number;
  readonly maxNumSeqs: number;
  readonly maxBatchedTokens: number;
}

export function uncachedTokens({ inputTokens, hitShare }: RequestShape): number {
  return inputTokens * (1 - hitShare);
}

/** Steps after the first token. */
export function decodeSteps({ outputTokens }: RequestShape): number {
  return outputTokens - 1;
}

/** Tokens in the cache of a request that decodes, on the mean over its steps. */
export function meanContext({ inputTokens, outputTokens }: RequestShape): number {
  return inputTokens + outputTokens / 2;
}

/** Tokens that one uncached token of a prompt looks back at: the cached ones, and on the mean half of the others. */
export function meanPromptContext({ inputTokens, hitShare }: RequestShape): number {
  return (inputTokens * (1 + hitShare)) / 2;
}
