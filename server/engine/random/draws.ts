import { exp, ln } from "./portable.ts";
import type { Stream } from "./stream.ts";
import { bell, decay } from "./ziggurat.ts";

// Of the 32 bits of a draw, 7 choose the layer and the 24 highest the place in it, so that neither tells of the other.
const layer = 127;

/** Of mean 1. */
export function exponential(stream: Stream): number {
  const { edges, heights, tail } = decay;
  for (let beyond = 0; ; ) {
    const bits = stream.bits();
    const n = bits & layer;
    const x = (bits >>> 8) * 2 ** -24 * (edges[n] as number);
    if (x < (edges[n + 1] as number)) return beyond + x;
    // What lies behind any point is shaped like the whole.
    if (n === 0) beyond += tail;
    else if (isUnder(decay.density, heights, n, x, stream)) return beyond + x;
  }
}

/** Of mean 0 and deviation 1. */
export function normal(stream: Stream): number {
  const { edges, heights, tail } = bell;
  for (;;) {
    const bits = stream.bits();
    const n = bits & layer;
    const x = (bits >> 8) * 2 ** -23 * (edges[n] as number);
    if (Math.abs(x) < (edges[n + 1] as number)) return x;
    if (n === 0) return x < 0 ? -behind(tail, stream) : behind(tail, stream);
    if (isUnder(bell.density, heights, n, x, stream)) return x;
  }
}

function isUnder(density: (x: number) => number, heights: Float64Array, n: number, x: number, stream: Stream): boolean {
  const [low, high] = [heights[n] as number, heights[n + 1] as number];
  return low + stream.uniform() * (high - low) < density(x);
}

/** The tail of the normal law: Marsaglia, Generating a Variable from the Tail of the Normal Distribution, 1964. */
function behind(tail: number, stream: Stream): number {
  for (;;) {
    const past = -ln(stream.positive()) / tail;
    if (-2 * ln(stream.positive()) > past * past) return tail + past;
  }
}

/** mu and sigma are of the logarithm: the median is e^mu. */
export function lognormal(stream: Stream, mu: number, sigma: number): number {
  return exp(mu + sigma * normal(stream));
}

/**
 * Of mean `shape`: Marsaglia and Tsang, A Simple Method for Generating Gamma Variables, 2000. Below shape 1 it draws one above
 * and takes a power of a uniform, as their paper says.
 */
export function gamma(stream: Stream, shape: number): number {
  if (shape < 1) return gamma(stream, shape + 1) * exp(-exponential(stream) / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(stream);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = stream.positive();
    const square = x * x;
    if (u < 1 - 0.0331 * square * square || ln(u) < 0.5 * square + d * (1 - v + ln(v))) return d * v;
  }
}
