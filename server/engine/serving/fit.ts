import type { Gpu } from "../catalogue/gpu.ts";
import type { ModelShape } from "../catalogue/model-shape.ts";
import { type StepConstants, vllmConstants } from "./constants.ts";
import { outputTokenTime } from "./mixing.ts";
import type { RequestShape } from "./requests.ts";
import { solve } from "./solve.ts";
import { isUnknownStep, type StepOptions, stepLaw, type UnknownStep } from "./step-time.ts";

/** What a benchmark says: so many requests at once, each followed by another one, and how long an output token takes. */
export interface BenchmarkPoint {
  readonly shape: RequestShape;
  readonly requests: number;
  /** Seconds. */
  readonly outputTokenTime: number;
}

export interface Fit {
  readonly constants: StepConstants;
  /** The largest distance from a point, as a share of it. */
  readonly error: number;
  /** Constants that the points would push beyond what hardware does: they are of another GPU, model or engine. */
  readonly implausible: readonly FittedConstant[];
}

export type FittedConstant = "weightReading" | "cacheReading" | "perSequence";

/** A profile that is a line or a law of its own, read at the batches that it is meant for: 1, 2, 4, … */
export function pointsOfProfile(
  shape: RequestShape,
  largestBatch: number,
  timeAt: (batch: number) => number,
): BenchmarkPoint[] {
  const batches: number[] = [];
  for (let batch = 1; batch < largestBatch; batch *= 2) batches.push(batch);
  return [...batches, largestBatch].map((requests) => ({ shape, requests, outputTokenTime: timeAt(requests) }));
}

/**
 * Beyond these multiples of the usual time, a constant is not what it was. Weights cannot be read at more than the bandwidth;
 * the price of a sequence may vanish.
 */
const leastTime = [vllmConstants.weightReading, vllmConstants.cacheReading, 0] as const;
const mostTime = 4;

/**
 * The constants under which the law passes the points best: least squares of the relative distances over how long it takes to
 * read weights, to read the cache, and for each sequence. Of constants that the points do not tell apart, as all of one
 * length, those nearest to the usual ones are taken.
 */
export function fitConstants(
  model: ModelShape,
  gpu: Gpu,
  options: StepOptions,
  points: readonly BenchmarkPoint[],
  maxBatchedTokens: number,
): Fit | UnknownStep {
  const known = stepLaw(model, gpu, options);
  if (isUnknownStep(known)) return known;
  const distances = (times: Times) => {
    const law = stepLaw(model, gpu, { ...options, constants: constantsAt(times) });
    return points.map(({ shape, requests, outputTokenTime: wanted }) =>
      isUnknownStep(law) ? 0 : outputTokenTime(law, shape, requests, maxBatchedTokens) / wanted - 1,
    );
  };
  let times: Times = [1, 1, 1];
  for (let turn = 0; turn < 40; turn++) times = within(improved(times, distances));
  const error = Math.max(0, ...distances(times).map(Math.abs));
  return { constants: constantsAt(times), error, implausible: edges(times) };
}

/** How long each takes, as a multiple of the usual. */
type Times = readonly [weights: number, cache: number, sequence: number];

function constantsAt([weights, cache, sequence]: Times): StepConstants {
  return {
    ...vllmConstants,
    weightReading: vllmConstants.weightReading / weights,
    cacheReading: vllmConstants.cacheReading / cache,
    perSequence: vllmConstants.perSequence * sequence,
  };
}

/** One turn of Gauss and Newton. The small pull to the usual constants decides where the points do not. */
function improved(times: Times, distances: (times: Times) => readonly number[]): Times {
  const pull = 1e-6;
  const step = 1e-4;
  const here = distances(times);
  const slopes = times.map((_, index) => {
    const moved = times.map((time, at) => (at === index ? time + step : time)) as unknown as Times;
    return distances(moved).map((distance, row) => (distance - (here[row] ?? 0)) / step);
  });
  const product = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, row) => sum + x * (b[row] ?? 0), 0);
  const matrix = slopes.map((a, i) => slopes.map((b, j) => product(a, b) + (i === j ? pull : 0)));
  const right = slopes.map((a, i) => -product(a, here) - pull * ((times[i] ?? 1) - 1));
  const [weights = 0, cache = 0, sequence = 0] = solve(matrix, right);
  return [times[0] + weights, times[1] + cache, times[2] + sequence];
}

function within(times: Times): Times {
  return times.map((time, index) => Math.min(mostTime, Math.max(leastTime[index] ?? 0, time))) as unknown as Times;
}

function edges(times: Times): FittedConstant[] {
  const names = ["weightReading", "cacheReading", "perSequence"] as const;
  return names.filter((_, index) => {
    const time = times[index] ?? 1;
    return time >= mostTime || (index < 2 && time <= (leastTime[index] ?? 0));
  });
}

/**
 * Whether a profile says little of these requests: its slope holds the length of its contexts and the share of its prompts, so
 * it does not carry over to others. A quarter more or less, in either length, is this project's own measure of "others".
 */
export function isOfOtherLengths(profile: RequestShape, traffic: RequestShape): boolean {
  const far = (a: number, b: number) => Math.max(a, b) > 1.25 * Math.min(a, b);
  return far(profile.inputTokens, traffic.inputTokens) || far(profile.outputTokens, traffic.outputTokens);
}
