import { exp, ln } from "./portable.ts";

/**
 * Draws under a falling density by Marsaglia and Tsang's ziggurat (The Ziggurat Method for Generating Random Variables, 2000):
 * 128 layers of equal area, of which few need more than a multiplication and a comparison. Its edges are worked out here.
 */
export interface Ziggurat {
  readonly density: (x: number) => number;
  /** Right edges of the layers from the base upwards; the base is as wide as a rectangle of its area, tail included. */
  readonly edges: Float64Array;
  /** The density at the edges, 1 at the top. */
  readonly heights: Float64Array;
  /** Where the tail begins. */
  readonly tail: number;
}

const layers = 128;

function ziggurat(
  density: (x: number) => number,
  inverse: (y: number) => number,
  tail: number,
  areaOfTail: number,
): Ziggurat {
  const area = tail * density(tail) + areaOfTail;
  const edges = new Float64Array(layers + 1);
  edges[0] = area / density(tail);
  edges[1] = tail;
  for (let n = 2; n < layers; n++) {
    const below = edges[n - 1] as number;
    edges[n] = inverse(density(below) + area / below);
  }
  return { density, edges, heights: edges.map(density), tail };
}

/** The tail from which 128 layers close at the top, for exp(-x^2/2), and the area that lies behind it. */
export const bell = ziggurat(
  (x) => exp(-0.5 * x * x),
  (y) => Math.sqrt(-2 * ln(y)),
  3.442619855899,
  0.00072204494183,
);

/** The same for exp(-x). */
export const decay = ziggurat(
  (x) => exp(-x),
  (y) => -ln(y),
  6.898315116616,
  exp(-6.898315116616),
);
