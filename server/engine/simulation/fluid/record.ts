import type { Latency, WindowStats } from "../tier.ts";

/** What became of the requests of each moment. */
export class Record {
  readonly #step: number;
  readonly #arrived: Float64Array;
  readonly #served: Float64Array;
  readonly #dropped: Float64Array;
  readonly #tokens: Float64Array;
  readonly #ttft: Float64Array;
  readonly #itl: Float64Array;
  readonly #withinTtft: Float64Array;
  readonly #withinItl: Float64Array;
  readonly #withinBoth: Float64Array;

  #finishedSum = 0;
  /** Of each moment: requests that came before it and were not dropped. */
  #before: Float64Array | undefined;

  constructor(duration: number, step: number) {
    const size = Math.ceil(duration / step) + 1;
    const line = () => new Float64Array(size);
    this.#step = step;
    this.#arrived = line();
    this.#served = line();
    this.#dropped = line();
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
    this.#before = undefined;
    add(this.#arrived, slot, requests);
  }

  drop(slot: number, requests: number): void {
    this.#before = undefined;
    add(this.#dropped, slot, requests);
  }

  finish(slot: number, requests: number, tokens: number): void {
    this.#finishedSum += requests;
    add(this.#tokens, slot, tokens);
  }

  /** Requests of a moment have found their replicas, and what they can expect. */
  serve(slot: number, { requests, ttft, itl, withinTtft, withinItl, withinBoth }: Expected): void {
    add(this.#served, slot, requests);
    add(this.#ttft, slot, ttft);
    add(this.#itl, slot, itl);
    add(this.#withinTtft, slot, withinTtft);
    add(this.#withinItl, slot, withinItl);
    add(this.#withinBoth, slot, withinBoth);
  }

  /** Requests are served in the order in which they came, so that those of a moment are finished when as many are. */
  window(from: number, to: number): WindowStats {
    const first = this.slotOf(from);
    const end = Math.max(first, Math.ceil(to / this.#step - 1e-9));
    const arrived = sum(this.#arrived, first, end);
    const dropped = sum(this.#dropped, first, end);
    const done = this.#finishedSum - this.#takenBefore(first);
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

  #takenBefore(slot: number): number {
    if (this.#before === undefined) {
      this.#before = new Float64Array(this.#arrived.length + 1);
      let sum = 0;
      for (let index = 0; index < this.#arrived.length; index++) {
        sum += (this.#arrived[index] as number) - (this.#dropped[index] as number);
        this.#before[index + 1] = sum;
      }
    }
    return this.#before[slot] as number;
  }
}

/** Sums over requests of one moment. */
export interface Expected {
  readonly requests: number;
  readonly ttft: number;
  readonly itl: number;
  readonly withinTtft: number;
  readonly withinItl: number;
  readonly withinBoth: number;
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
