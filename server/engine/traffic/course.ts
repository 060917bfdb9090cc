import type { Rate } from "./rate.ts";

const of = (column: Float64Array, n: number) => column[n] as number;

/** Of a course: a moment, the requests to be expected before it, the rate there and its change a second, and where it ends. */
export interface Stretch {
  readonly start: number;
  readonly before: number;
  readonly from: number;
  readonly slope: number;
  readonly upTo: number;
}

/** When so many requests have come, within the stretch of that number; never, where none come. */
export function momentIn({ start, before, from, slope }: Stretch, expected: number): number {
  const rest = expected - before;
  if (rest <= 0) return start;
  if (slope === 0) return start + rest / from;
  // The root of from * t + slope * t^2 / 2 = rest that stays exact when the slope is small.
  return start + (2 * rest) / (from + Math.sqrt(Math.max(0, from * from + 2 * slope * rest)));
}

/**
 * A rate made ready for many questions: how many requests are to be expected until a moment, and where so many have come. The last
 * answer's place is kept, because questions come in the order of time.
 */
export class Course {
  /** Of the segments between knots: beginnings, rates at both ends, requests before them. One more begins at the last knot. */
  readonly #at: Float64Array;
  readonly #from: Float64Array;
  readonly #to: Float64Array;
  readonly #before: Float64Array;
  readonly #periodic: boolean;
  #place = 0;

  constructor({ knots, periodic }: Rate) {
    const count = Math.max(1, knots.length);
    this.#at = new Float64Array(count);
    this.#from = new Float64Array(count);
    this.#to = new Float64Array(count);
    this.#before = new Float64Array(count);
    for (const [n, knot] of knots.entries()) {
      this.#at[n] = knot.at;
      this.#from[n] = knot.rate;
      this.#to[n] = knots[n + 1]?.rate ?? knot.rate;
      const next = knots[n + 1];
      if (next === undefined) continue;
      this.#before[n + 1] = of(this.#before, n) + ((next.at - knot.at) * (knot.rate + next.rate)) / 2;
    }
    this.#periodic = periodic === true && this.end > 0;
  }

  /** Where the last knot stands: the period of a periodic rate. */
  get end(): number {
    return of(this.#at, this.#at.length - 1);
  }

  /** Requests a second at a moment. */
  rate(at: number): number {
    const moment = this.#periodic ? at % this.end : at;
    const n = this.#placeOf(this.#at, moment);
    return of(this.#from, n) + this.#slope(n) * (moment - of(this.#at, n));
  }

  /** Requests to be expected from the start until a moment. */
  expected(until: number): number {
    const laps = this.#periodic ? Math.floor(until / this.end) : 0;
    const moment = until - laps * this.end;
    const n = this.#placeOf(this.#at, moment);
    const inside = moment - of(this.#at, n);
    const here = inside * (of(this.#from, n) + (this.#slope(n) * inside) / 2);
    return laps * this.#total + of(this.#before, n) + here;
  }

  /** The stretch in which so many requests are reached. */
  stretchOf(expected: number): Stretch {
    const total = this.#total;
    const never = { start: Number.POSITIVE_INFINITY, before: 0, from: 1, slope: 0, upTo: Number.POSITIVE_INFINITY };
    if (this.#periodic && !(total > 0)) return never;
    const laps = this.#periodic ? Math.floor(expected / total) : 0;
    const n = this.#placeOf(this.#before, expected - laps * total);
    const next = n + 1 < this.#before.length ? laps * total + of(this.#before, n + 1) : Number.POSITIVE_INFINITY;
    return {
      start: laps * this.end + of(this.#at, n),
      before: laps * total + of(this.#before, n),
      from: of(this.#from, n),
      slope: this.#slope(n),
      upTo: this.#periodic ? Math.min(next, (laps + 1) * total) : next,
    };
  }

  get #total(): number {
    return of(this.#before, this.#before.length - 1);
  }

  #slope(n: number): number {
    if (n + 1 >= this.#at.length) return 0;
    const width = of(this.#at, n + 1) - of(this.#at, n);
    return width > 0 ? (of(this.#to, n) - of(this.#from, n)) / width : 0;
  }

  /** The last segment that begins at or before a value. */
  #placeOf(column: Float64Array, value: number): number {
    const place = this.#place;
    if (of(column, place) <= value && (place + 1 === column.length || value < of(column, place + 1))) {
      return place;
    }
    let [low, high] = [0, column.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (of(column, middle) <= value) low = middle;
      else high = middle - 1;
    }
    this.#place = low;
    return low;
  }
}
