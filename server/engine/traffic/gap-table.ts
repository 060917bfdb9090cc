import { exp, ln } from "../random/portable.ts";
import type { Stream } from "../random/stream.ts";
import { AliasTable } from "./alias.ts";

/**
 * Gaps of a Gamma law of mean 1, six times as fast as by rejection: cells whose edges are 1/256 of themselves apart are drawn by
 * their weights, and the place within one evenly. That moves the mean by less than a millionth.
 */
export class GapTable {
  readonly #edges: Float64Array;
  readonly #cells: AliasTable;

  constructor(variation: number) {
    const shape = 1 / (variation * variation);
    // Below a billionth of the mean a gap is none; far above it the law has nothing left that 2^32 draws would find.
    const [shortest, longest] = [1e-9 * shape, shape + 10 * Math.sqrt(shape) + 40];
    const count = Math.ceil(256 * ln(longest / shortest));
    const edges = Float64Array.from({ length: count + 2 }, (_, n) => (n === 0 ? 0 : shortest * exp((n - 1) / 256)));
    // Over the logarithm, the density at x is as x^shape * e^-x; that at the law's mode keeps it within a double's range.
    const density = (x: number) => exp(shape * ln(x / shape) - (x - shape));
    const weights = new Float64Array(count + 1);
    weights[0] = density(shortest) / shape;
    for (let n = 1; n <= count; n++) weights[n] = density(shortest * exp((n - 0.5) / 256)) / 256;
    this.#edges = edges.map((edge) => edge / shape);
    this.#cells = new AliasTable({ first: 0, weights });
  }

  draw(stream: Stream): number {
    const cell = this.#cells.draw(stream);
    const edge = this.#edges[cell] as number;
    return edge + stream.uniform() * ((this.#edges[cell + 1] as number) - edge);
  }
}
