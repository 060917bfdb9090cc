import { exp, ln } from "../random/portable.ts";
import { AliasTable } from "./alias.ts";

/** How long prompts or answers are, in tokens; also how many turns a session has. Never below 1. */
export type LengthLaw =
  | { readonly law: "fixed"; readonly tokens: number }
  | { readonly law: "uniform"; readonly from: number; readonly to: number }
  /** What would be above the cap is the cap: a model takes no longer prompt, and clients cut theirs. */
  | { readonly law: "lognormal"; readonly mu: number; readonly sigma: number; readonly cap: number }
  /** Lengths that were seen, as often as their weights say, or all alike. */
  | { readonly law: "empirical"; readonly tokens: readonly number[]; readonly weights?: readonly number[] };

/** Lengths have a table of their own, which this bounds. Models of today read a million tokens. */
export const longest = 2 ** 20;

/** Weights of the lengths from `first` on. */
export interface Weights {
  readonly first: number;
  readonly weights: Float64Array;
}

/** Laws are data and do not change, so each has its table made once. */
const tables = new WeakMap<LengthLaw, AliasTable>();

export function lengths(law: LengthLaw): AliasTable {
  const table = tables.get(law) ?? new AliasTable(weightsOf(law));
  tables.set(law, table);
  return table;
}

export function weightsOf(law: LengthLaw): Weights {
  switch (law.law) {
    case "fixed":
      return { first: lengthOf(law.tokens), weights: Float64Array.of(1) };
    case "uniform": {
      const [from, to] = [lengthOf(law.from), lengthOf(law.to)];
      return { first: Math.min(from, to), weights: new Float64Array(Math.abs(to - from) + 1).fill(1) };
    }
    case "lognormal":
      return { first: 1, weights: lognormalWeights(law.mu, law.sigma, lengthOf(law.cap)) };
    case "empirical":
      return empirical(law.tokens, law.weights);
  }
}

/** A whole number of tokens that a table may hold. */
export const lengthOf = (tokens: number) =>
  Number.isNaN(tokens) ? 1 : Math.min(longest, Math.max(1, Math.round(tokens)));

function empirical(tokens: readonly number[], weights: readonly number[] | undefined): Weights {
  const seen = tokens.map(lengthOf);
  const first = seen.reduce((least, length) => Math.min(least, length), longest);
  const last = seen.reduce((most, length) => Math.max(most, length), first);
  const summed = new Float64Array(last - first + 1);
  for (const [n, length] of seen.entries()) {
    const weight = weights === undefined ? 1 : Math.max(0, weights[n] ?? 0);
    summed[length - first] = (summed[length - first] as number) + weight;
  }
  if (!summed.some((weight) => weight > 0)) summed.fill(1);
  return { first, weights: summed };
}

/**
 * Each length has the area of the density from half a token below to half a token above, by Simpson's rule; the first and the
 * cap have what is beyond them. A law that is narrower than a token is its median.
 */
function lognormalWeights(mu: number, sigma: number, cap: number): Float64Array {
  const weights = new Float64Array(cap);
  const median = exp(Math.min(mu, 700));
  if (!(sigma * median > 0.5)) {
    weights[Math.min(cap, lengthOf(median)) - 1] = 1;
    return weights;
  }
  weights[0] = beyond((mu - ln(0.5)) / sigma);
  let lower = density(mu, sigma, 0.5);
  for (let length = 1; length < cap; length++) {
    const upper = density(mu, sigma, length + 0.5);
    weights[length - 1] = (weights[length - 1] as number) + (lower + 4 * density(mu, sigma, length) + upper) / 6;
    lower = upper;
  }
  weights[cap - 1] = (weights[cap - 1] as number) + beyond((ln(cap - 0.5) - mu) / sigma);
  return weights;
}

function density(mu: number, sigma: number, x: number): number {
  const z = (ln(x) - mu) / sigma;
  return exp(-0.5 * z * z) / (x * sigma * rootOf2Pi);
}

/** Share of the normal law above z. Far out by Abramowitz and Stegun 26.2.12, whose third term is below 1 % there. */
function beyond(z: number): number {
  if (z < 0) return 1 - beyond(-z);
  if (z > 4) return (exp(-0.5 * z * z) / (z * rootOf2Pi)) * (1 - 1 / (z * z) + 3 / z ** 4);
  const parts = 64;
  let sum = 0;
  for (let n = 0; n <= parts; n++) {
    const at = (z * n) / parts;
    sum += exp(-0.5 * at * at) * (n === 0 || n === parts ? 1 : n % 2 === 1 ? 4 : 2);
  }
  return 0.5 - (sum * z) / (3 * parts) / rootOf2Pi;
}

const rootOf2Pi = Math.sqrt(2 * Math.PI);
