import { type Bytes, type BytesPerRank, bytesPerRank, type Tokens, tokens } from "../units.ts";
import type { CacheLayers } from "./cache-layers.ts";

/**
 * vLLM's block pool on one rank. One block is a page in each of the group's layers; groups of different kinds take blocks
 * of the same size from the same pool (vllm/v1/core/kv_cache_utils.py).
 */
export interface BlockPool {
  readonly bytesPerBlock: BytesPerRank;
  readonly groups: readonly CacheGroup[];
}

/** Layers that share a block table. */
export interface CacheGroup {
  readonly kind: CacheLayers["kind"];
  readonly layers: number;
  /** Tokens of one block. A state of a request is a block whatever its length. */
  readonly blockSize: number;
  readonly window?: number;
}

export interface PoolOptions {
  /** Tokens of a block before pages are made equal; 16 on CUDA. */
  readonly blockSize: number;
  /** The most tokens of one step: a window keeps them besides its own. */
  readonly maxBatchedTokens: number;
  /** States of a request: one; two, at block boundaries, when prefixes are cached (`align`); or one a block (`all`). */
  readonly stateMode: "none" | "align" | "all";
  /** Tokens that a draft guesses: each keeps a state of its own. */
  readonly draftTokens: number;
  /** Ranks that share the tokens of one request. */
  readonly contextRanks: number;
  /** Off, every layer keeps the whole length, windows or not. */
  readonly hybridManager: boolean;
}

export const usualPool: PoolOptions = {
  blockSize: 16,
  maxBatchedTokens: 8192,
  stateMode: "align",
  draftTokens: 0,
  contextRanks: 1,
  hybridManager: true,
};

export function blockPool(layers: readonly CacheLayers[], options: PoolOptions): BlockPool {
  const kept = options.hybridManager ? layers : layers.map(atFullLength);
  return isUniform(kept) ? uniformPool(kept, options) : unifiedPool(withEqualPages(kept, options));
}

function atFullLength(layers: CacheLayers): CacheLayers {
  if (layers.kind !== "sliding" && layers.kind !== "chunked-local") return layers;
  return { kind: "full", layers: layers.layers, bytesPerToken: layers.bytesPerToken };
}

/** One kind of memory in all layers: one group, whatever its layers' sizes. */
function isUniform(layers: readonly CacheLayers[]): boolean {
  const [first] = layers;
  return layers.every((one) => one.kind === first?.kind && windowOf(one) === windowOf(first) && one.kind !== "state");
}

function windowOf(layers: CacheLayers): number | undefined {
  return "window" in layers ? layers.window : undefined;
}

function uniformPool(layers: readonly CacheLayers[], { blockSize }: PoolOptions): BlockPool {
  const [first] = layers;
  if (first === undefined) return { bytesPerBlock: bytesPerRank(0), groups: [] };
  const bytes = layers.reduce((sum, one) => sum + one.layers * ("bytesPerToken" in one ? one.bytesPerToken : 0), 0);
  const count = layers.reduce((sum, one) => sum + one.layers, 0);
  return { bytesPerBlock: bytesPerRank(bytes * blockSize), groups: [groupOf(first, count, blockSize)] };
}

interface Paged {
  readonly layers: CacheLayers;
  readonly blockSize: number;
  readonly pageBytes: number;
}

/**
 * Gives all kinds pages of one size. Attention gets blocks of so many tokens, in steps of the kernel's 16, that its page
 * holds a state ("Setting attention block size to N"); smaller pages of other attention get whole multiples of tokens.
 */
function withEqualPages(layers: readonly CacheLayers[], { blockSize }: PoolOptions): Paged[] {
  const states = layers.flatMap((one) => (one.kind === "state" ? [one.stateBytes] : []));
  const perToken = layers.flatMap((one) => (one.kind === "state" ? [] : [one.bytesPerToken]));
  const widest = Math.max(...perToken, 0);
  const largestState = Math.max(...states, 0);
  const needed = widest === 0 ? blockSize : Math.ceil(largestState / (widest * kernelBlock)) * kernelBlock;
  const tokensOfWidest = Math.max(blockSize, needed);
  const pageBytes = Math.max(tokensOfWidest * widest, largestState);
  return layers.map((one) => {
    const ratio = one.kind === "state" ? 1 : Math.max(1, Math.floor(widest / one.bytesPerToken));
    return { layers: one, blockSize: tokensOfWidest * ratio, pageBytes };
  });
}

/** Attention kernels work on multiples of this many tokens. */
const kernelBlock = 16;

/** Groups of equally many layers: of the rarest kind, or of the commonest when that is hardly more. */
function unifiedPool(paged: readonly Paged[]): BlockPool {
  const counts = paged.map(({ layers }) => layers.layers);
  const fewest = Math.min(...counts);
  const most = Math.max(...counts);
  const groupSize = most < fewest * paddingWorth ? most : fewest;
  const groups = paged.flatMap(({ layers, blockSize }) =>
    Array.from({ length: Math.ceil(layers.layers / groupSize) }, () => groupOf(layers, groupSize, blockSize)),
  );
  return { bytesPerBlock: bytesPerRank(groupSize * Math.max(...paged.map(({ pageBytes }) => pageBytes))), groups };
}

/** Below this ratio of layers it is cheaper to pad the rare kind. It was 1.25 in earlier code, with the same outcome here. */
const paddingWorth = 1.5;

function groupOf(layers: CacheLayers, count: number, blockSize: number): CacheGroup {
  const window = windowOf(layers);
  const group = { kind: layers.kind, layers: count, blockSize };
  return window === undefined ? group : { ...group, window };
}

/** Blocks that one request of this many tokens takes at its fullest. */
export function blocksOfRequest(pool: BlockPool, length: number, options: PoolOptions): number {
  return pool.groups.reduce((sum, group) => sum + blocksInGroup(group, length, options), 0);
}

function blocksInGroup({ kind, blockSize, window = 0 }: CacheGroup, length: number, options: PoolOptions): number {
  switch (kind) {
    case "full":
    case "mla":
      return Math.ceil(Math.ceil(length / options.contextRanks) / blockSize);
    // A window need not begin where a block does: one block more.
    case "sliding":
      return Math.ceil(Math.min(window - 1 + options.maxBatchedTokens, length) / blockSize) + 1;
    case "chunked-local":
      return Math.ceil(Math.min(window + options.maxBatchedTokens, length) / blockSize);
    case "state":
      if (options.stateMode === "all") return Math.ceil(length / blockSize);
      return (options.stateMode === "align" ? 2 : 1) + options.draftTokens;
  }
}

export function blocksIn(pool: BlockPool, available: Bytes | BytesPerRank): number {
  return pool.bytesPerBlock <= 0 ? 0 : Math.max(0, Math.floor(available / pool.bytesPerBlock));
}

/** How many requests of this length fit at once, as vLLM logs it: `Maximum concurrency for X tokens per request`. */
export function concurrencyAt(pool: BlockPool, blocks: number, length: number, options: PoolOptions): number {
  const needed = blocksOfRequest(pool, length, options);
  return needed === 0 ? 0 : blocks / needed;
}

/**
 * `GPU KV cache size: N tokens`. Up to 0.20 N is the blocks shared among the groups; since then it is what concurrency at
 * the maximum length amounts to, so that with several groups it depends on that length.
 */
export function loggedTokens(
  pool: BlockPool,
  blocks: number,
  maxModelLen: number,
  options: PoolOptions,
  style: "shared" | "concurrency",
): Tokens {
  if (style === "concurrency")
    return tokens(Math.floor(concurrencyAt(pool, blocks, maxModelLen, options) * maxModelLen));
  const smallest = Math.min(...pool.groups.map(({ blockSize }) => blockSize));
  if (pool.groups.length === 0) return tokens(0);
  return tokens(Math.floor(blocks / pool.groups.length) * smallest * options.contextRanks);
}

/** What vLLM needs to serve one request of the maximum length, and the length it could serve, as its refusal prints them. */
export function startupNeeds(
  pool: BlockPool,
  available: Bytes | BytesPerRank,
  maxModelLen: number,
  options: PoolOptions,
): { readonly needed: BytesPerRank; readonly longest: Tokens } {
  const needs = (length: number) => blocksOfRequest(pool, length, options) * pool.bytesPerBlock;
  let fits = 0;
  let tooLong = maxModelLen + 1;
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (needs(middle) <= available) fits = middle;
    else tooLong = middle;
  }
  return { needed: bytesPerRank(needs(maxModelLen)), longest: tokens(fits) };
}
