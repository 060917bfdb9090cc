/** The share of prompt tokens that a cache has, by its size: what a trace gives when an LRU cache of that size reads it. */
export interface HitCurve {
  /** [tokens, share], from the smallest on. */
  readonly points: readonly (readonly [tokens: number, share: number])[];
  /** Of a cache without end. */
  readonly limit: number;
  readonly source: string;
}

const mooncake =
  "worked out from the traces of https://github.com/kvcache-ai/Mooncake (Apache-2.0), blocks of 512 tokens";

export const hitCurves = {
  /** Long conversations: 12,031 requests in an hour, prompts of 12,035 tokens on the mean. */
  conversation: {
    points: [
      [0.5e6, 0.045],
      [2.6e6, 0.112],
      [5.1e6, 0.212],
      [15.4e6, 0.326],
      [51e6, 0.364],
    ],
    limit: 0.366,
    source: mooncake,
  },
  /** Prompts made to share much: 15,325 tokens on the mean. */
  synthetic: {
    points: [
      [0.5e6, 0.084],
      [2.6e6, 0.279],
      [5.1e6, 0.424],
      [15.4e6, 0.624],
      [51e6, 0.64],
    ],
    limit: 0.64,
    source: mooncake,
  },
} as const satisfies Record<string, HitCurve>;

/** A share that no size changes, as when somebody measured it. */
export function constantHit(share: number): HitCurve {
  return { points: [], limit: share, source: "given" };
}

/** In a straight line between two points, from nothing on; past the last one, what is left to the limit shrinks as 1/size. */
export function hitShare({ points, limit }: HitCurve, cacheTokens: number): number {
  let [before, low] = [0, 0];
  for (const [tokens, share] of points) {
    if (cacheTokens < tokens) return low + ((cacheTokens - before) / (tokens - before)) * (share - low);
    [before, low] = [tokens, share];
  }
  return before === 0 ? limit : limit - (limit - low) * (before / cacheTokens);
}

/** Whether a session comes back to the replica that knows it. */
export type Routing = "prefix-aware" | "scattered";

/**
 * The same over replicas with a cache each. A router that goes by prefixes makes one cache of all of them; one that does not
 * sends a turn to the replica that had the last one in one case of so many.
 */
export function routedHitShare(curve: HitCurve, cacheTokens: number, replicas: number, routing: Routing): number {
  if (replicas <= 1) return hitShare(curve, cacheTokens);
  return routing === "prefix-aware" ? hitShare(curve, replicas * cacheTokens) : hitShare(curve, cacheTokens) / replicas;
}

/** A hit is of whole blocks: 16 tokens in vLLM, 256 in a chunk of LMCache. */
export function wholeBlocks(tokens: number, block: number): number {
  return Math.floor(tokens / block) * block;
}
