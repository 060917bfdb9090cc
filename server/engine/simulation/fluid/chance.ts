import { normal } from "../../random/draws.ts";
import { type Stream, stream } from "../../random/stream.ts";
import type { Traffic } from "../scenario.ts";

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
  /** The same of the tokens that they hold, each request taken for one of the mean length. */
  readonly tokensApart: number;
  /** What the tokens have beside their requests' because these are not equally long; under a router that goes by load all replicas share it. */
  readonly lengths: number;
  /** Standard deviation of a request's stay over its mean. */
  readonly stay: number;
  readonly isByLoad: boolean;
}

/**
 * Of a replica's own variance over its mean, under a router that goes by load: requests leave when they are done, looks are old,
 * and evenly filled caches hold unequal numbers of unequal requests. Read off the exact tier (Qwen3-32B, two to eight replicas,
 * 0.25 to 0.33 with lengths alike and 0.44 to 0.52 with the lengths of a chat; `npm run bench`).
 */
const [byLoad, byLoadOfLengths] = [0.27, 0.5] as const;

/** Requests are whole: however evenly they are dealt, one replica has one more than the next; where there are hardly any, rarely. */
const whole = (mean: number) => Math.min(1, mean) / 6;

type Varied = Pick<Traffic, "promptTokens" | "outputTokens" | "promptVariation" | "outputVariation">;

/**
 * Requests that are inside are a number of chance: where nobody waits, that of a queue with places for all, whose variance is its mean
 * for Poisson arrivals and whose memory is the rest of a stay (Eick, Massey and Whitt, The Physics of the M(t)/G/infinity Queue, 1993).
 * In turns each replica gets every n-th request: of equal stays that leaves the sum's movement alone, of very unequal ones
 * half of the variance stays its own (Whitt, Heavy-Traffic Approximations for Service Systems with Blocking, 1984: the
 * peakedness of such arrivals).
 */
export function chanceLaw(variation: number, traffic: Varied, isByLoad: boolean): ChanceLaw {
  const stay = traffic.outputVariation ?? 0;
  const square = stay * stay;
  const lengths = contextVariance(traffic);
  const together = variation * variation;
  if (!isByLoad) {
    const apart = square / (1 + square);
    return { together, apart, tokensApart: apart, lengths, stay, isByLoad };
  }
  return { together, apart: byLoad + byLoadOfLengths * lengths, tokensApart: byLoad, lengths, stay, isByLoad };
}

/**
 * Of the tokens of a request that one finds running, variance over the square of the mean. It is the long ones that one finds; third
 * moments are those of a gamma law.
 */
function contextVariance({ promptTokens, outputTokens, promptVariation = 0, outputVariation = 0 }: Varied): number {
  const square = outputVariation * outputVariation;
  const context = promptTokens + (outputTokens * (1 + square)) / 2;
  const written = ((1 + square) * (1 + 2 * square)) / 3 - ((1 + square) * (1 + square)) / 4;
  return (
    (promptVariation * promptVariation * promptTokens * promptTokens + written * outputTokens * outputTokens) /
    (context * context)
  );
}

/**
 * What a sum of so many unequal requests has beside their number, `z` deviations from its mean. A few long ones make it skewed (the third
 * moment is a gamma law's), by the first term of Cornish and Fisher.
 */
function ofUnequal(variance: number, requests: number, z: number): number {
  if (variance * requests === 0) return 0;
  const deviation = Math.sqrt(variance * requests);
  const skewness = Math.min(mostSkewed, (3 + 2 * variance) / deviation);
  return deviation * (z + (skewness / 6) * (z * z - 1));
}

/** Beyond it the series says nothing. */
const mostSkewed = 2;

/** Seconds between two moments at which a replica's own chance is thrown. */
const ownEvery = 5;

interface Own {
  readonly requests: Swing;
  readonly lengths: Swing;
  at: number;
}

/** What lies between the gauges of a moment and their means. Throws the same dice whoever looks. */
export class Chance {
  readonly law: ChanceLaw;
  readonly #seed: number;
  readonly #together: Swing;
  readonly #lengths: Swing;
  readonly #own = new Map<string, Own>();
  #replicas = 1;
  #centre = 0;

  constructor(law: ChanceLaw, seed: number) {
    this.law = law;
    this.#seed = seed;
    this.#together = new Swing(stream(seed, "chance"));
    this.#lengths = new Swing(stream(seed, "chance/lengths"));
  }

  pass(seconds: number, stay: number): void {
    this.#together.pass(seconds, this.#memory(stay));
    this.#lengths.pass(seconds, this.#memory(stay));
  }

  /**
   * Those that share the requests now. What one has for itself another has not, so deviations are counted from the mean of all:
   * together they leave the sum as it is.
   */
  share(ids: readonly string[], stay: number, now: number): void {
    this.#replicas = Math.max(1, ids.length);
    this.#centre = 0;
    for (const id of ids) this.#centre += this.#ownOf(id, stay, now).requests.value / this.#replicas;
  }

  /** Requests that one of those has more than its mean, at a moment. */
  ofOne(id: string, mean: number, stay: number, now: number): number {
    const own = this.#ownOf(id, stay, now).requests.value - this.#centre;
    return this.#shared(mean) + own * Math.sqrt(this.law.apart * mean + whole(mean));
  }

  /** And tokens, in requests of the mean length. */
  tokensOfOne(id: string, mean: number, stay: number, now: number): number {
    const { tokensApart, lengths, isByLoad } = this.law;
    const { requests, lengths: own } = this.#ownOf(id, stay, now);
    const ofLengths = isByLoad
      ? ofUnequal(lengths, mean * this.#replicas, this.#lengths.value) / this.#replicas
      : ofUnequal(lengths, mean, own.value);
    const apart = (requests.value - this.#centre) * Math.sqrt(tokensApart * mean + whole(mean));
    return this.#shared(mean) + apart + ofLengths;
  }

  /** Requests that all together have more. */
  ofAll(mean: number): number {
    return this.#together.value * Math.sqrt(this.law.together * mean);
  }

  forget(id: string): void {
    this.#own.delete(id);
  }

  #shared(mean: number): number {
    return this.#together.value * Math.sqrt((this.law.together * mean) / this.#replicas);
  }

  #ownOf(id: string, stay: number, now: number): Own {
    let own = this.#own.get(id);
    if (own === undefined) {
      const requests = new Swing(stream(this.#seed, `chance/${id}`));
      const lengths = new Swing(stream(this.#seed, `chance/lengths/${id}`));
      own = { requests, lengths, at: now };
      this.#own.set(id, own);
    }
    for (; own.at + ownEvery <= now; own.at += ownEvery) {
      own.requests.pass(ownEvery, this.#memory(stay));
      own.lengths.pass(ownEvery, this.#memory(stay));
    }
    return own;
  }

  /** The mean rest of a stay of which one sees the middle. */
  #memory(stay: number): number {
    return (stay * (1 + this.law.stay * this.law.stay)) / 2;
  }
}
