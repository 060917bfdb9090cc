import type { Latency, WindowStats } from "../tier.ts";

/** What became of the requests of each moment. */
export class Record {
  readonly #step: number;
  readonly #arrived: Float64Array;
  readonly #served: Float64Array;
  readonly #dropped: Float64Array;
  readonly #finished: Float64Array;
  readonly #tokens: Float64Array;
  readonly #ttft: Float64Array;
  readonly #itl: Float64Array;
  readonly #withinTtft: Float64Array;
  readonly #withinItl: Float64Array;
  readonly #withinBoth: Float64Array;

  constructor(duration: number, step: number) {
    const size = Math.ceil(duration / step) + 1;
    const line = () => new Float64Array(size);
    this.#step = step;
    this.#arrived = line();
    this.#served = line();
    this.#dropped = line();
    this.#finished = line();
    this.#tokens = line();
    this.#ttft = line();
    this.#itl = line();
    this.#withinTtft = line();
    this.#withinItl = line();
    this.#withinBoth = line();
  }

  /** The moment of a time. */
  slotOf(at: number): number {
    return Math.min(this.#arrived.length - 1, Math.floor(at / this.#step + 1e-9));
  }

  arrive(slot: number, requests: number): void {
    add(this.#arrived, slot, requests);
  }

  drop(slot: number, requests: number): void {
    add(this.#dropped, slot, requests);
  }

  finish(slot: number, requests: number, tokens: number): void {
    add(this.#finished, slot, requests);
    add(this.#tokens, slot, tokens);
  }

  /** Requests of a moment have found a replica, and what they can expect. */
  serve(slot: number, requests: number, ttft: number, itl: number, isInTtft: boolean, isInItl: boolean): void {
    add(this.#served, slot, requests);
    add(this.#ttft, slot, requests * ttft);
    add(this.#itl, slot, requests * itl);
    if (isInTtft) add(this.#withinTtft, slot, requests);
    if (isInItl) add(this.#withinItl, slot, requests);
    if (isInTtft && isInItl) add(this.#withinBoth, slot, requests);
  }

  /** Requests are served in the order in which they came, so that those of a moment are finished when as many are. */
  window(from: number, to: number): WindowStats {
    const first = this.slotOf(from);
    const end = Math.max(first, Math.ceil(to / this.#step - 1e-9));
    const arrived = sum(this.#arrived, first, end);
    const dropped = sum(this.#dropped, first, end);
    const before = sum(this.#arrived, 0, first) - sum(this.#dropped, 0, first);
    const done = sum(this.#finished, 0, this.#finished.length) - before;
    return {
      arrived,
      dropped,
      finished: Math.max(0, Math.min(arrived - dropped, done)),
      withinTtft: sum(this.#withinTtft, first, end),
      withinItl: sum(this.#withinItl, first, end),
      withinBoth: sum(this.#withinBoth, first, end),
      ttft: latency(this.#ttft, this.#served, first, end),
      itl: latency(this.#itl, this.#served, first, end),
      outputTokens: sum(this.#tokens, first, end),
    };
  }
}

function add(line: Float64Array, slot: number, value: number): void {
  line[slot] = (line[slot] as number) + value;
}

function sum(line: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let slot = from; slot < to && slot < line.length; slot++) total += line[slot] as number;
  return total;
}

/** Over moments, each by the requests that it brought. */
function latency(sums: Float64Array, weights: Float64Array, from: number, to: number): Latency | undefined {
  const moments: { value: number; weight: number }[] = [];
  let [total, weight] = [0, 0];
  for (let slot = from; slot < to && slot < sums.length; slot++) {
    const of = weights[slot] as number;
    if (of <= 0) continue;
    moments.push({ value: (sums[slot] as number) / of, weight: of });
    total += sums[slot] as number;
    weight += of;
  }
  if (weight === 0) return undefined;
  moments.sort((a, b) => a.value - b.value);
  const quantile = (share: number) => {
    let seen = 0;
    for (const { value, weight: of } of moments) {
      seen += of;
      if (seen >= share * weight) return value;
    }
    return moments.at(-1)?.value ?? Number.NaN;
  };
  return { of: "moments", mean: total / weight, p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) };
}
