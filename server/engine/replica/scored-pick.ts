import { onlyReady } from "../epp/filter.ts";
import { maxScorePicker, type Random } from "../epp/picker.ts";
import type { SchedulingProfile } from "../epp/profile.ts";
import { kvScorer, prefixScorer, queueScorer, runningScorer, type Scorer } from "../epp/scorer.ts";
import { share, tokens } from "../units.ts";
import { type InFlight, none } from "./in-flight.ts";
import type { Pool } from "./pool.ts";

type Kind = "queue" | "running" | "kv" | "prefix";

interface Part {
  readonly kind: Kind;
  readonly weight: number;
}

/** What a profile asks for where it can be answered quickly; undefined: it takes the endpoint picker itself. */
export function quickParts(profile: SchedulingProfile): readonly Part[] | undefined {
  if (profile.picker !== maxScorePicker || profile.filters.some((filter) => filter !== onlyReady)) return undefined;
  const parts: Part[] = [];
  for (const { scorer, weight } of profile.scorers) {
    const kind = kindOf(scorer);
    if (kind === undefined) return undefined;
    parts.push({ kind, weight });
  }
  return parts.filter(({ kind }) => kind === "prefix").length > 1 ? undefined : parts;
}

function kindOf(scorer: Scorer): Kind | undefined {
  if (scorer === queueScorer) return "queue";
  if (scorer === runningScorer) return "running";
  if (scorer === kvScorer) return "kv";
  return scorer.name === prefixScorer().name && scoresByShare(scorer) ? "prefix" : undefined;
}

/** A prefix scorer may weigh the length, too; that shows in what it says of three requests. */
function scoresByShare(scorer: Scorer): boolean {
  return [10, 1000, 100_000].every((hit) => {
    const endpoint = { name: "", ready: true, waitingRequests: 0, runningRequests: 0, kvUsage: share(0) };
    const request = { model: "", promptTokens: tokens(3 * hit) };
    return scorer.scores([{ ...endpoint, prefixHit: tokens(hit) }], request)[0] === hit / (3 * hit);
  });
}

/**
 * The endpoint with the highest sum of scores, as `epp` picks it, without making anything: what depends on the last look alone is
 * summed once a look, and a request that no cache knows is sent without scoring anybody.
 */
export class ScoredPick {
  private readonly parts: readonly Part[];
  private readonly pool: Pool;
  private readonly rows: InFlight;
  private readonly random: Random;
  private revision = none;
  /** Sums up to the prefix; then a column for each part behind it. */
  private before = new Float64Array(0);
  private behind: readonly Float64Array[] = [];
  private readonly prefixWeight: number;
  private readonly hasPrefix: boolean;
  private hits = new Float64Array(0);
  private best = new Int32Array(0);
  private bestUnknown = new Int32Array(0);
  private bestUnknownCount = 0;

  constructor(parts: readonly Part[], pool: Pool, rows: InFlight, random: Random) {
    this.parts = parts;
    this.pool = pool;
    this.rows = rows;
    this.random = random;
    const prefix = parts.find(({ kind }) => kind === "prefix");
    this.hasPrefix = prefix !== undefined;
    this.prefixWeight = prefix?.weight ?? 0;
  }

  /** A place in the pool, or none. */
  pick(row: number): number {
    if (this.pool.revision !== this.revision) this.learn();
    const identified = (this.rows.session[row] as number) >= 0 || (this.rows.systemPrompt[row] as number) >= 0;
    if (!this.hasPrefix || !identified || !this.pool.prefixHits(row, this.rows, this.hits))
      return this.drawn(this.bestUnknown, this.bestUnknownCount);
    return this.drawn(this.best, this.findBest(this.best, this.rows.isl[row] as number));
  }

  /** Fills `best` and says how many they are. */
  private findBest(best: Int32Array, promptTokens: number): number {
    const { before, behind, hits, pool, prefixWeight } = this;
    let highest = Number.NEGATIVE_INFINITY;
    let count = 0;
    for (let place = 0; place < pool.members.length; place++) {
      let score = (before[place] as number) + ((hits[place] as number) / promptTokens) * prefixWeight;
      for (const column of behind) score += column[place] as number;
      if (score < highest) continue;
      if (score > highest) count = 0;
      highest = score;
      best[count++] = place;
    }
    return count;
  }

  private drawn(best: Int32Array, count: number): number {
    if (count <= 1) return count === 0 ? none : (best[0] as number);
    return best[Math.min(count - 1, Math.floor(this.random() * count))] as number;
  }

  private learn(): void {
    const { length } = this.pool.members;
    this.revision = this.pool.revision;
    if (this.before.length !== length) {
      this.before = new Float64Array(length);
      this.hits = new Float64Array(length);
      this.best = new Int32Array(length);
      this.bestUnknown = new Int32Array(length);
    }
    const prefix = this.parts.findIndex(({ kind }) => kind === "prefix");
    const front = prefix < 0 ? this.parts : this.parts.slice(0, prefix);
    this.before.fill(0);
    for (const part of front) this.addTo(this.before, part);
    this.behind = (prefix < 0 ? [] : this.parts.slice(prefix + 1)).map((part) =>
      this.addTo(new Float64Array(length), part),
    );
    this.hits.fill(0);
    this.bestUnknownCount = this.findBest(this.bestUnknown, 1);
  }

  private addTo(sums: Float64Array, { kind, weight }: Part): Float64Array {
    if (kind === "kv")
      for (let place = 0; place < sums.length; place++)
        sums[place] = (sums[place] as number) + (1 - (this.pool.kvUsage[place] as number)) * weight;
    else this.addFewest(sums, kind === "queue" ? this.pool.waiting : this.pool.running, weight);
    return sums;
  }

  /** From the fewest (1) to the most (0) of those that were looked at. */
  private addFewest(sums: Float64Array, counts: Float64Array, weight: number): void {
    const { scraped } = this.pool;
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let place = 0; place < sums.length; place++) {
      if (scraped[place] !== 1) continue;
      least = Math.min(least, counts[place] as number);
      most = Math.max(most, counts[place] as number);
    }
    for (let place = 0; place < sums.length; place++) {
      if (scraped[place] !== 1) continue;
      const score = most === least ? 1 : (most - (counts[place] as number)) / (most - least);
      sums[place] = (sums[place] as number) + score * weight;
    }
  }
}
