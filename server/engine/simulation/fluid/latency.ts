import type { Latency } from "../tier.ts";

/** Latencies of moments, each by the requests that it brought. Used again for each window. */
export class WeightedMoments {
  #values = new Float64Array(64);
  #weights = new Float64Array(64);
  #count = 0;

  /** Room for so many. */
  clear(most: number): void {
    this.#count = 0;
    if (this.#values.length >= most) return;
    this.#values = new Float64Array(most);
    this.#weights = new Float64Array(most);
  }

  add(value: number, weight: number): void {
    this.#values[this.#count] = value;
    this.#weights[this.#count++] = weight;
  }

  /** Undefined where there are none. */
  latency(): Latency | undefined {
    const [values, weights, count] = [this.#values, this.#weights, this.#count];
    let [total, weight] = [0, 0];
    for (let moment = 0; moment < count; moment++) {
      total += (values[moment] as number) * (weights[moment] as number);
      weight += weights[moment] as number;
    }
    if (weight === 0) return undefined;
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => this.#quantile(share * weight)) as [
      number,
      number,
      number,
    ];
    return { of: "moments", mean: total / weight, p50, p95, p99 };
  }

  /** The smallest value that `wanted` of the weight does not exceed: the part that has it is parted again, until it is one value. */
  #quantile(wanted: number): number {
    const [values, weights] = [this.#values, this.#weights];
    let [from, to, before] = [0, this.#count, 0];
    for (;;) {
      const pivot = values[(from + to) >>> 1] as number;
      let [low, next, high, below, equal] = [from, from, to, 0, 0];
      while (next < high) {
        const value = values[next] as number;
        const weight = weights[next] as number;
        if (value > pivot) this.#swap(next, --high);
        else if (value < pivot) {
          below += weight;
          this.#swap(next++, low++);
        } else {
          equal += weight;
          next++;
        }
      }
      if (before + below >= wanted && low > from) to = low;
      else if (before + below + equal >= wanted || high === to) return pivot;
      else {
        before += below + equal;
        from = high;
      }
    }
  }

  #swap(one: number, other: number): void {
    const [values, weights] = [this.#values, this.#weights];
    const [value, weight] = [values[one] as number, weights[one] as number];
    values[one] = values[other] as number;
    weights[one] = weights[other] as number;
    values[other] = value;
    weights[other] = weight;
  }
}
