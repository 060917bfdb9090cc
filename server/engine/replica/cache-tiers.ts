import { loadTime } from "../capacity/tiers.ts";
import type { CacheTier, ServingLaw } from "../simulation/scenario.ts";
import { bytes, tokens } from "../units.ts";
import type { InFlight } from "./in-flight.ts";
import { PrefixEntries } from "./prefix-entries.ts";
import { PrefixLru } from "./prefix-lru.ts";
import type { ReplicaServer } from "./server.ts";

interface Level extends CacheTier {
  readonly kept: PrefixLru;
}

/**
 * LMCache beside one GPU. Every level gets what a request leaves behind, in whole chunks. A prefix that is not on the GPU is read
 * from the nearest level that has it, as far as reading is faster than computing; the step waits for it.
 */
export class CacheTiers {
  /** Seconds of the reading that the latest look-up decided on. */
  loading = 0;
  private readonly levels: readonly Level[];
  private readonly rows: InFlight;
  private readonly systemPrompts: ArrayLike<number>;
  private readonly secondsPerToken: number;

  constructor(server: ReplicaServer, rows: InFlight, systemPrompts: ArrayLike<number>) {
    this.rows = rows;
    this.systemPrompts = systemPrompts;
    this.secondsPerToken = prefillTime(server.law, server.maxBatchedTokens) / server.maxBatchedTokens;
    this.levels = (server.tiers ?? []).map((tier) => ({
      ...tier,
      kept: new PrefixLru(new PrefixEntries(), 0, systemPrompts.length),
    }));
  }

  /** Tokens that need no computing, of which `onGpu` are there already. */
  cachedTokens(row: number, onGpu: number): number {
    this.loading = 0;
    let have = onGpu;
    for (const level of this.levels) {
      const there = this.tokensIn(level, row);
      if (there <= have) continue;
      const length = there - have;
      const load = loadTime(tokens(length), bytes(level.bytesPerToken), level.device);
      if (load > length * this.secondsPerToken) break;
      this.loading += load;
      have = there;
    }
    return have;
  }

  /** What a request leaves behind that read so many tokens. */
  keep(row: number, context: number): void {
    const id = this.rows.systemPrompt[row] as number;
    for (const level of this.levels) {
      const common = this.commonChunks(level, row);
      const whole = Math.floor(context / level.chunk);
      level.kept.keepConversation(this.rows.session[row] as number, whole - common);
      if (id >= 0) level.kept.keepSystemPrompt(id, Math.max(common, level.kept.systemPrompt(id)));
      level.kept.shrinkTo(Math.floor(level.capacity / level.chunk));
    }
  }

  private tokensIn({ kept, chunk }: Level, row: number): number {
    const id = this.rows.systemPrompt[row] as number;
    const target = this.rows.target[row] as number;
    const common = this.commonChunks({ chunk }, row);
    let chunks = Math.min(common, kept.systemPrompt(id));
    const seen = Math.floor(
      ((id < 0 ? 0 : (this.systemPrompts[id] as number)) + (this.rows.history[row] as number)) / chunk,
    );
    if (chunks === common) chunks += Math.min(kept.conversation(this.rows.session[row] as number), seen - common);
    return Math.min(chunks, Math.floor((target - 1) / chunk)) * chunk;
  }

  private commonChunks({ chunk }: Pick<Level, "chunk">, row: number): number {
    const id = this.rows.systemPrompt[row] as number;
    if (id < 0) return 0;
    return Math.floor(Math.min(this.systemPrompts[id] as number, this.rows.isl[row] as number) / chunk);
  }
}

/** Seconds of a step that fills its budget with prompts. */
function prefillTime(law: ServingLaw, promptTokens: number): number {
  return law.stepTime({ decodes: 0, promptTokens, contextTokens: 0, promptContext: promptTokens / 2 });
}
