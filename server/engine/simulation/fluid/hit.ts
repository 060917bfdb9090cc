import { loadTime } from "../../capacity/tiers.ts";
import { bytes, tokens } from "../../units.ts";
import type { ModelServer, Traffic } from "../scenario.ts";

/** What a prompt finds of itself on the mean. */
export interface Hit {
  /** Share of its tokens that need no computing. */
  readonly hit: number;
  /** Seconds in which what is not on the GPU is read; the step waits for it. */
  readonly load: number;
}

export const noHit: Hit = { hit: 0, load: 0 };
/** Another pod has read the prompt. */
export const wholePrompt: Hit = { hit: 1, load: 0 };

/**
 * Levels of a cache together hold what one of their size would, so each adds the rise of the reuse over it; what is quicker to compute
 * than to read is no hit. A router that goes by prefixes makes one cache of those of all replicas; without one a request finds
 * its beginning in one case of so many.
 */
export function hitOf(server: ModelServer, traffic: Traffic, replicas: number, byPrefix: boolean): Hit {
  const { reuse, promptTokens } = traffic;
  if (reuse === undefined || !server.prefixCaching) return noHit;
  const shareOf = (held: number) => (byPrefix ? reuse(held * replicas) : reuse(held) / replicas);
  const found = Math.min(1, Math.max(0, shareOf(server.capacity.value)));
  let [hit, load, held] = [found, 0, server.capacity.value];
  const perToken = computing(server);
  for (const { capacity, bytesPerToken, device } of server.tiers ?? []) {
    const more = Math.min(1 - hit, Math.max(0, shareOf(held + capacity) - shareOf(held)));
    held += capacity;
    if (more <= 0) continue;
    const length = more * promptTokens;
    const seconds = loadTime(tokens(length), bytes(bytesPerToken), device);
    if (seconds > length * perToken) break;
    hit += more;
    load += seconds;
  }
  return { hit: Math.round(hit * 1000) / 1000, load: Math.round(load * 1e6) / 1e6 };
}

/** Seconds of a prompt token in a step that is full of them. */
function computing({ law, maxBatchedTokens }: ModelServer): number {
  const promptTokens = maxBatchedTokens.value;
  return law.stepTime({ decodes: 0, promptTokens, contextTokens: 0, promptContext: promptTokens / 2 }) / promptTokens;
}
