import { type Device, reuse } from "../capacity/tiers.ts";
import { bytes, tokens } from "../units.ts";
import { type HitCurve, hitShare } from "./prefix-cache.ts";

/** Where prefixes are kept: the GPU's own cache has no device, for nothing is loaded. */
export interface CacheLevel {
  readonly tokens: number;
  readonly device?: Device;
}

export interface LevelHit {
  readonly device?: Device;
  /** Share of a prompt's tokens that this level has and none before it. */
  readonly share: number;
  /** Seconds to load them, or to compute them again where that is faster. */
  readonly seconds: number;
  readonly better: "keep" | "load" | "recompute";
}

export interface CachedPrompt {
  readonly levels: readonly LevelHit[];
  /** Share of the prompt that is not computed. */
  readonly hitShare: number;
  /** Seconds of loading before the prefill. Loading beside computing is not counted on: this is the slow case. */
  readonly loadTime: number;
}

export interface CachedPromptRequest {
  readonly curve: HitCurve;
  /** From the fastest on. */
  readonly levels: readonly CacheLevel[];
  readonly inputTokens: number;
  /** Of all ranks together. */
  readonly bytesPerToken: number;
  /** Of the replica. */
  readonly prefillTokensPerSecond: number;
}

/**
 * What the levels of a cache have of a prompt on the mean. Levels together hold what one cache of their size would, so each
 * adds the rise of the curve over it; what is faster to compute than to load is no hit.
 */
export function cachedPrompt(request: CachedPromptRequest): CachedPrompt {
  let held = 0;
  const levels = request.levels.map((level) => {
    const before = held === 0 ? 0 : hitShare(request.curve, held);
    held += level.tokens;
    return levelHit(level, Math.max(0, hitShare(request.curve, held) - before), request);
  });
  const used = levels.filter(({ better }) => better !== "recompute");
  return {
    levels,
    hitShare: used.reduce((sum, { share }) => sum + share, 0),
    loadTime: used.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

function levelHit({ device }: CacheLevel, share: number, request: CachedPromptRequest): LevelHit {
  if (device === undefined) return { share, seconds: 0, better: "keep" };
  const { inputTokens, bytesPerToken, prefillTokensPerSecond } = request;
  const length = tokens(share * inputTokens);
  const { load, recompute, better } = reuse(length, bytes(bytesPerToken), device, prefillTokensPerSecond);
  return { device, share, seconds: Math.min(load, recompute), better };
}
