import {
  type Bytes,
  type BytesPerPod,
  type BytesPerRank,
  type BytesPerSecond,
  bytesPerRank,
  gigabytesPerSecond,
  perPod,
  type Seconds,
  type Share,
  seconds,
  share,
  type Tokens,
  tokens,
} from "../units.ts";

/** Tokens of a chunk of LMCache when nobody says. */
export const usualChunk = 256;

export interface TierRequest {
  /** `max_local_cpu_size` or `max_local_disk_size`: what each rank has for itself. LMCache's "GB" are GiB. */
  readonly sizePerRank: BytesPerRank;
  readonly bytesPerToken: BytesPerRank;
  /** `chunk_size`. */
  readonly chunk?: number;
}

export interface Tier {
  readonly bytesPerChunk: BytesPerRank;
  readonly chunks: number;
  /** Each rank keeps its share of the same tokens, so more ranks do not keep more tokens. */
  readonly tokens: Tokens;
}

/** What a tier of in-process LMCache keeps: whole chunks. */
export function tier({ sizePerRank, bytesPerToken, chunk = usualChunk }: TierRequest): Tier {
  const bytesPerChunk = bytesPerRank(bytesPerToken * chunk);
  const chunks = bytesPerChunk > 0 ? Math.floor(sizePerRank / bytesPerChunk) : 0;
  return { bytesPerChunk, chunks, tokens: tokens(chunks * chunk) };
}

/**
 * Memory that a pod pins for the CPU tier, all of it at the start: the ranks of its container, or one of them where every
 * rank would keep the same latent (`save_only_first_rank`).
 */
export function pinnedPerPod(sizePerRank: BytesPerRank, ranksInPod: number, isLatent: boolean): BytesPerPod {
  return perPod(sizePerRank, isLatent ? 1 : ranksInPod);
}

export interface PoolTierRequest {
  /** The one pool of a node (`--l1-size-gb`), for all engines on it. */
  readonly size: Bytes;
  readonly bytesPerToken: BytesPerRank;
  readonly ranks: number;
  readonly isLatent: boolean;
  readonly chunk?: number;
  /** How full it is kept: eviction begins here. */
  readonly watermark?: Share;
}

/** What LMCache's multi-process server keeps: the ranks' shares of a chunk stand in one pool, kept below its watermark. */
export function poolTier({
  size,
  bytesPerToken,
  ranks,
  isLatent,
  chunk = usualChunk,
  watermark = share(0.8),
}: PoolTierRequest): Tier {
  const all = bytesPerRank(bytesPerToken * (isLatent ? 1 : ranks));
  return tier({ sizePerRank: bytesPerRank(size * watermark), bytesPerToken: all, chunk });
}

/** Where a prefix is read from. */
export interface Device {
  readonly name: string;
  readonly latency: Seconds;
  readonly bandwidth: BytesPerSecond;
}

/** Reading speeds of BLIS's device table (https://github.com/inference-sim/inference-sim). */
export const devices = {
  cpu: { name: "CPU memory", latency: seconds(0), bandwidth: gigabytesPerSecond(20) },
  nvmeGen4: { name: "NVMe of PCIe 4", latency: seconds(80e-6), bandwidth: gigabytesPerSecond(7) },
  nvmeGen3: { name: "NVMe of PCIe 3", latency: seconds(80e-6), bandwidth: gigabytesPerSecond(3.5) },
  sata: { name: "SATA SSD", latency: seconds(80e-6), bandwidth: gigabytesPerSecond(0.55) },
  objectStore: { name: "object store", latency: seconds(0.03), bandwidth: gigabytesPerSecond(1) },
} as const satisfies Record<string, Device>;

/** Time until a prefix stands on the GPU again. Ranks read their shares at once, from one device. */
export function loadTime(length: Tokens, bytesPerToken: Bytes, { latency, bandwidth }: Device): Seconds {
  return seconds(latency + (length * bytesPerToken) / bandwidth);
}

/** A hit is worth reading when that is faster than computing it again. */
export function reuse(
  length: Tokens,
  bytesPerToken: Bytes,
  device: Device,
  prefillTokensPerSecond: number,
): { readonly load: Seconds; readonly recompute: Seconds; readonly better: "load" | "recompute" } {
  const load = loadTime(length, bytesPerToken, device);
  const recompute = seconds(length / prefillTokensPerSecond);
  return { load, recompute, better: load <= recompute ? "load" : "recompute" };
}
