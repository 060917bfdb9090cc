import { type Tokens, tokens } from "../../units.ts";

/** Mean lengths of the requests of a workload. */
export interface RequestTokens {
  readonly avgInputTokens: number;
  readonly avgOutputTokens: number;
}

export interface StepLimits {
  readonly maxBatchedTokens: Tokens;
  readonly maxNumSeqs: number;
}

/**
 * Tokens that a replica holds in a steady state, from the arguments of its engine: the requests that fit the batch, each
 * with its prompt and half of its answer. 0 without answers or arguments.
 */
export function estimateCapacity(limits: StepLimits | undefined, request: RequestTokens): Tokens {
  const { avgInputTokens: input, avgOutputTokens: output } = request;
  if (limits === undefined || limits.maxBatchedTokens <= 0 || output <= 0) return tokens(0);
  const inBatch = Math.min((limits.maxBatchedTokens * output) / (input + output), limits.maxNumSeqs);
  return tokens(Math.max(0, Math.trunc(inBatch * (input + output / 2))));
}

/** Integers in, an integer out: the mean of the middle two loses its half. 0 of nothing. */
export function integerMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  if (sorted.length % 2 === 1 || sorted.length === 0) return upper;
  return Math.trunc(((sorted[sorted.length / 2 - 1] ?? 0) + upper) / 2);
}

export type OutputBucket = "short" | "medium" | "long";

/** Below these output lengths (internal/engines/analyzers/saturation_v2 at v0.5.1). */
export const outputBuckets = { short: 100, medium: 500 } as const;

/** Workloads of like answers share what was learnt about compute-bound capacity. */
export function outputBucket(avgOutputTokens: number): OutputBucket {
  if (avgOutputTokens < outputBuckets.short) return "short";
  return avgOutputTokens < outputBuckets.medium ? "medium" : "long";
}

/** How many observations of compute-bound capacity are kept. */
export const observationWindow = 10;

/** A window of the last `size` values with one more. */
export function observed(window: readonly number[], value: number, size: number = observationWindow): number[] {
  return [...window, value].slice(-size);
}

export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}
