import type { Latency } from "../simulation/tier.ts";
import { ranked } from "./percentiles.ts";

/** Seconds. Absent: everything that ends meets it. */
export interface Objectives {
  readonly ttft?: number;
  readonly itl?: number;
}

/** Lines of one leaf, and what finds a line in it. */
const [leaf, leafBits, inLeaf] = [1 << 15, 15, (1 << 15) - 1];
/** What stands in a column instead of seconds. */
const unknown = -1;
const dropped = -2;
/** An answer of one token has no gap. */
const noGap = -3;

/**
 * What became of every request, in the order of arrival: 16 bytes each, whatever it was. So percentiles of any window are exact, up to
 * the 24 binary digits of a stored time.
 */
export class Journal {
  lines = 0;
  private readonly times: Float64Array[] = [];
  private readonly ttfts: Float32Array[] = [];
  private readonly itls: Float32Array[] = [];

  arrive(at: number): number {
    const line = this.lines++;
    const row = line & inLeaf;
    if (row === 0) {
      this.times.push(new Float64Array(leaf));
      this.ttfts.push(new Float32Array(leaf).fill(unknown));
      this.itls.push(new Float32Array(leaf).fill(unknown));
    }
    (this.times[this.times.length - 1] as Float64Array)[row] = at;
    return line;
  }

  firstToken(line: number, ttft: number): void {
    (this.ttfts[line >>> leafBits] as Float32Array)[line & inLeaf] = ttft;
  }

  /** `itl` is the mean of its gaps. */
  finish(line: number, itl: number | undefined): void {
    (this.itls[line >>> leafBits] as Float32Array)[line & inLeaf] = itl ?? noGap;
  }

  /** Refused, given up or cut. */
  drop(line: number): void {
    this.firstToken(line, dropped);
    (this.itls[line >>> leafBits] as Float32Array)[line & inLeaf] = dropped;
  }

  /**
   * Of those that arrived from `from` on and before `to`. A request whose first token has not come is worse than any whose has, and
   * so is one that has not ended in the gaps between its tokens; one that was dropped is in both.
   */
  between(from: number, to: number, objectives: Objectives) {
    const [first, end] = [this.firstAt(from), this.firstAt(to)];
    const [ttfts, itls] = [new Float32Array(end - first), new Float32Array(end - first)];
    const { ttft: ttftObjective = Number.MAX_VALUE, itl: itlObjective = Number.MAX_VALUE } = objectives;
    const counts = { arrived: end - first, finished: 0, dropped: 0, withinTtft: 0, withinItl: 0, withinBoth: 0 };
    let gaps = 0;
    for (let line = first; line < end; line++) {
      const ttft = (this.ttfts[line >>> leafBits] as Float32Array)[line & inLeaf] as number;
      const itl = (this.itls[line >>> leafBits] as Float32Array)[line & inLeaf] as number;
      const [quick, fluent] = [ttft >= 0 && ttft <= ttftObjective, itl === noGap || (itl >= 0 && itl <= itlObjective)];
      if (quick) counts.withinTtft++;
      if (fluent) counts.withinItl++;
      if (quick && fluent) counts.withinBoth++;
      if (itl === dropped) counts.dropped++;
      else if (itl !== unknown) counts.finished++;
      ttfts[line - first] = ttft >= 0 ? ttft : Number.POSITIVE_INFINITY;
      if (itl !== noGap) itls[gaps++] = itl >= 0 ? itl : Number.POSITIVE_INFINITY;
    }
    return { ...counts, ttft: latency(ttfts, end - first), itl: latency(itls, gaps) };
  }

  /** The first line at that time or later. */
  private firstAt(time: number): number {
    let [low, high] = [0, this.lines];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (((this.times[middle >>> leafBits] as Float64Array)[middle & inLeaf] as number) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The mean is of those that have a value; percentiles are of all, and infinite where they fall among the others. */
function latency(values: Float32Array, count: number): Latency | undefined {
  let sum = 0;
  let finite = 0;
  for (let n = 0; n < count; n++) {
    const value = values[n] as number;
    if (value === Number.POSITIVE_INFINITY) continue;
    sum += value;
    finite++;
  }
  if (finite === 0) return undefined;
  const [p50, p95, p99] = ranked(values, count, [0.5, 0.95, 0.99]) as [number, number, number];
  return { of: "requests", mean: sum / finite, p50, p95, p99 };
}
