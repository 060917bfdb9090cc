import { mixer } from "./mixer.ts";

const wordsAtOnce = 256;

/**
 * Random bits of one purpose: sfc32 (Chris Doty-Humphrey, PractRand). 128 bits of state; unlike mulberry32, whose streams are
 * stretches of one cycle of 2^32 and would meet within the millions of draws of a day. Words are made by the
 * hundred, because the state stays in registers meanwhile.
 */
export class Stream {
  readonly #state: Int32Array;
  readonly #words = new Int32Array(wordsAtOnce);
  #next = wordsAtOnce;

  constructor(state: Int32Array) {
    this.#state = state;
  }

  /** 32 bits, as an integer with a sign. */
  bits(): number {
    if (this.#next === wordsAtOnce) this.#refill();
    return this.#words[this.#next++] as number;
  }

  #refill(): void {
    const [words, state] = [this.#words, this.#state];
    let [a, b, c, counter] = [state[0] as number, state[1] as number, state[2] as number, state[3] as number];
    for (let n = 0; n < wordsAtOnce; n++) {
      const word = (a + b + counter) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + word) | 0;
      counter = (counter + 1) | 0;
      words[n] = word;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    state[3] = counter;
    this.#next = 0;
  }

  /** From 0 up to 1 and never 1, in steps of 2^-32. */
  uniform(): number {
    return (this.bits() >>> 0) * 2 ** -32;
  }

  /** Above 0 and up to 1: a logarithm of it is finite. */
  positive(): number {
    return ((this.bits() >>> 0) + 1) * 2 ** -32;
  }

  /** An integer from 0 up to `count`, which it never is. Its bias is below `count` / 2^32. */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }
}

/**
 * The stream of a name under a seed. Streams of two names have nothing in common, so that a change of what one is asked for does
 * not move the others: with the same seed, two runs differ by what was changed and not by the dice.
 */
export function stream(seed: number, name: string): Stream {
  const next = mixer(seed, name);
  const drawn = new Stream(Int32Array.of(next(), next(), next(), 1));
  // The author's own seeding throws away as many, until every bit of the state depends on every bit of the seed.
  for (let n = 0; n < 12; n++) drawn.bits();
  return drawn;
}
