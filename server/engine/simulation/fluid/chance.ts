import { normal } from "../../random/draws.ts";
import { type Stream, stream } from "../../random/stream.ts";

/** A deviation of 1 that swings around 0 and forgets itself within some seconds. */
class Swing {
  value: number;
  readonly #dice: Stream;

  constructor(dice: Stream) {
    this.#dice = dice;
    this.value = normal(dice);
  }

  /** So many seconds on; `memory` is the sum of its correlations with later moments, in seconds. */
  pass(seconds: number, memory: number): void {
    const kept = memory / (memory + seconds);
    this.value = kept * this.value + Math.sqrt(1 - kept * kept) * normal(this.#dice);
  }
}

/** How far counts of requests lie from their means: shares of the mean count of one replica. */
export interface ChanceLaw {
  /** Variance over mean of all that are inside, whoever serves them: the square of the variation of their arrivals. */
  readonly together: number;
  /** What each replica has for itself beside that, while it is one of many. */
  readonly apart: number;
  /** Standard deviation of a request's stay over its mean. */
  readonly stay: number;
}

/**
 * Requests that are inside are a number of chance: where nobody waits, that of a queue with places for all, whose variance is its mean
 * for Poisson arrivals and whose memory is the rest of a stay (Eick, Massey and Whitt, The Physics of the M(t)/G/infinity Queue, 1993).
 * A router that goes by load keeps replicas equally full, so that only the sum moves. In turns each gets every n-th
 * request: of equal stays that leaves the sum's movement alone, of very unequal ones half of the variance stays its own
 * (Whitt, Heavy-Traffic Approximations for Service Systems with Blocking, 1984: the peakedness of such arrivals).
 */
export function chanceLaw(variation: number, stay: number, isByLoad: boolean): ChanceLaw {
  const square = stay * stay;
  return { together: variation * variation, apart: isByLoad ? 0 : square / (1 + square), stay };
}

/** Seconds between two moments at which a replica's own chance is thrown. */
const ownEvery = 5;

/** What lies between the gauges of a moment and their means. Throws the same dice whoever looks. */
export class Chance {
  readonly law: ChanceLaw;
  readonly #seed: number;
  readonly #together: Swing;
  readonly #own = new Map<string, { readonly swing: Swing; at: number }>();

  constructor(law: ChanceLaw, seed: number) {
    this.law = law;
    this.#seed = seed;
    this.#together = new Swing(stream(seed, "chance"));
  }

  pass(seconds: number, stay: number): void {
    this.#together.pass(seconds, this.#memory(stay));
  }

  /** Requests that one of `replicas` has more than its mean, at a moment. */
  ofOne(id: string, mean: number, replicas: number, stay: number, now: number): number {
    const shared = this.#together.value * Math.sqrt((this.law.together * mean) / replicas);
    if (this.law.apart === 0 || replicas === 1) return shared;
    const variance = this.law.apart * mean * (1 - 1 / replicas);
    return shared + this.#ownOf(id, stay, now) * Math.sqrt(variance);
  }

  /** The same of all together. */
  ofAll(mean: number): number {
    return this.#together.value * Math.sqrt(this.law.together * mean);
  }

  forget(id: string): void {
    this.#own.delete(id);
  }

  #ownOf(id: string, stay: number, now: number): number {
    let own = this.#own.get(id);
    if (own === undefined) {
      own = { swing: new Swing(stream(this.#seed, `chance/${id}`)), at: now };
      this.#own.set(id, own);
    }
    for (; own.at + ownEvery <= now; own.at += ownEvery) own.swing.pass(ownEvery, this.#memory(stay));
    return own.swing.value;
  }

  /** The mean rest of a stay of which one sees the middle. */
  #memory(stay: number): number {
    return (stay * (1 + this.law.stay * this.law.stay)) / 2;
  }
}
