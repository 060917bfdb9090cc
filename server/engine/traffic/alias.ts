import type { Stream } from "../random/stream.ts";

/**
 * Integers with weights, drawn in two looks whatever the law: Walker's alias method (1977) in Vose's form (1991). Thresholds and
 * aliases are 32-bit integers side by side, in the units of a draw.
 */
export class AliasTable {
  readonly mean: number;
  /** Standard deviation over mean. */
  readonly variation: number;
  readonly #first: number;
  readonly #cells: Uint32Array;

  /** `weights[n]` belongs to `first + n`; one of them at least is above 0. */
  constructor({ first, weights }: { readonly first: number; readonly weights: Float64Array }) {
    this.#first = first;
    this.#cells = cellsOf(weights);
    let [total, sum, squares] = [0, 0, 0];
    for (const [n, weight] of weights.entries()) {
      total += weight;
      sum += weight * (first + n);
      squares += weight * (first + n) ** 2;
    }
    this.mean = sum / total;
    this.variation = this.mean > 0 ? Math.sqrt(Math.max(0, squares / total - this.mean ** 2)) / this.mean : 0;
  }

  draw(stream: Stream): number {
    const cells = this.#cells;
    const cell = stream.below(cells.length >> 1);
    const kept = stream.bits() >>> 0 < (cells[2 * cell] as number);
    return this.#first + (kept ? cell : (cells[2 * cell + 1] as number));
  }

  /** Many draws into a column. */
  fill(stream: Stream, column: Uint32Array, count: number): void {
    if (this.#cells.length === 2) column.fill(this.#first, 0, count);
    else for (let n = 0; n < count; n++) column[n] = this.draw(stream);
  }
}

function cellsOf(weights: Float64Array): Uint32Array {
  const count = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const left = weights.map((weight) => (weight * count) / total);
  const cells = new Uint32Array(2 * count);
  const [low, high]: [number[], number[]] = [[], []];
  for (let n = 0; n < count; n++) ((left[n] as number) < 1 ? low : high).push(n);
  for (let small = low.pop(); small !== undefined; small = low.pop()) {
    const large = high.pop();
    if (large === undefined) {
      keepWhole(cells, small);
      continue;
    }
    cells[2 * small] = Math.min(0xffffffff, Math.round((left[small] as number) * 2 ** 32));
    cells[2 * small + 1] = large;
    left[large] = (left[large] as number) - (1 - (left[small] as number));
    ((left[large] as number) < 1 ? low : high).push(large);
  }
  for (const large of high) keepWhole(cells, large);
  return cells;
}

function keepWhole(cells: Uint32Array, n: number): void {
  cells[2 * n] = 0xffffffff;
  cells[2 * n + 1] = n;
}
