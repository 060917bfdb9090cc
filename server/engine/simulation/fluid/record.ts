import type { WindowStats } from "../tier.ts";
import { WeightedMoments } from "./latency.ts";

/** What is kept of a moment, a number each; they stand together because they are written together. */
const columns = {
  arrived: 0,
  served: 1,
  dropped: 2,
  tokens: 3,
  /** Sums of seconds over those that were served. */
  ttft: 4,
  itl: 5,
  withinTtft: 6,
  withinItl: 7,
  withinBoth: 8,
  count: 9,
} as const;

/** What became of the requests of each moment. */
export class Record {
  readonly #step: number;
  readonly #moments: number;
  readonly #rows: Float64Array;
  readonly #latencies = new WeightedMoments();
  #finishedSum = 0;
  /** Of each moment: requests that came before it and were not dropped. */
  #before: Float64Array | undefined;

  constructor(duration: number, step: number) {
    this.#step = step;
    this.#moments = Math.ceil(duration / step) + 1;
    this.#rows = new Float64Array(this.#moments * columns.count);
  }

  /** The moment of a time. */
  slotOf(at: number): number {
    return Math.min(this.#moments - 1, Math.floor(at / this.#step + 1e-9));
  }

  arrive(slot: number, requests: number): void {
    this.#before = undefined;
    this.#add(slot, columns.arrived, requests);
  }

  drop(slot: number, requests: number): void {
    this.#before = undefined;
    this.#add(slot, columns.dropped, requests);
  }

  finish(slot: number, requests: number, tokens: number): void {
    this.#finishedSum += requests;
    this.#add(slot, columns.tokens, tokens);
  }

  /** Requests of a moment have found their replicas, and so much they can expect there; sums over them. */
  serve(slot: number, requests: number, ttft: number, itl: number): void {
    this.#add(slot, columns.served, requests);
    this.#add(slot, columns.ttft, ttft);
    this.#add(slot, columns.itl, itl);
  }

  /** Of them, so many meet the objectives. */
  meet(slot: number, ttft: number, itl: number, both: number): void {
    this.#add(slot, columns.withinTtft, ttft);
    this.#add(slot, columns.withinItl, itl);
    this.#add(slot, columns.withinBoth, both);
  }

  /** Requests are served in the order in which they came, so that those of a moment are finished when as many are. */
  window(from: number, to: number): WindowStats {
    const first = this.slotOf(from);
    const end = Math.min(this.#moments, Math.max(first, Math.ceil(to / this.#step - 1e-9)));
    const rows = this.#rows;
    let [arrived, dropped, withinTtft, withinItl, withinBoth, outputTokens] = [0, 0, 0, 0, 0, 0];
    for (let row = first * columns.count; row < end * columns.count; row += columns.count) {
      arrived += rows[row + columns.arrived] as number;
      dropped += rows[row + columns.dropped] as number;
      withinTtft += rows[row + columns.withinTtft] as number;
      withinItl += rows[row + columns.withinItl] as number;
      withinBoth += rows[row + columns.withinBoth] as number;
      outputTokens += rows[row + columns.tokens] as number;
    }
    const done = this.#finishedSum - this.#takenBefore(first);
    return {
      arrived,
      dropped,
      finished: Math.max(0, Math.min(arrived - dropped, done)),
      withinTtft,
      withinItl,
      withinBoth,
      ttft: this.#latency(columns.ttft, first, end),
      itl: this.#latency(columns.itl, first, end),
      outputTokens,
    };
  }

  #latency(column: number, first: number, end: number) {
    this.#latencies.clear(end - first);
    for (let row = first * columns.count; row < end * columns.count; row += columns.count) {
      const weight = this.#rows[row + columns.served] as number;
      if (weight > 0) this.#latencies.add((this.#rows[row + column] as number) / weight, weight);
    }
    return this.#latencies.latency();
  }

  #takenBefore(slot: number): number {
    if (this.#before === undefined) {
      this.#before = new Float64Array(this.#moments + 1);
      let sum = 0;
      for (let index = 0; index < this.#moments; index++) {
        const row = index * columns.count;
        sum += (this.#rows[row + columns.arrived] as number) - (this.#rows[row + columns.dropped] as number);
        this.#before[index + 1] = sum;
      }
    }
    return this.#before[slot] as number;
  }

  #add(slot: number, column: number, value: number): void {
    const cell = slot * columns.count + column;
    this.#rows[cell] = (this.#rows[cell] as number) + value;
  }
}
