import type { MeasuredPoint } from "./point.ts";
import { type Prediction, predict, predictPlainly } from "./predict.ts";

/** A point, and what the engine says of it. */
export interface Held {
  readonly point: MeasuredPoint;
  readonly prediction: Prediction;
}

/**
 * The workloads of the open-loop points share prompts and have turns, but how much of it the prefix cache had is not
 * published. 0.35 was chosen with the data in view, so it is an assumption and not a prediction; 0 is the honest one.
 */
export const assumedHit = 0.35;

export function holdAgainst(points: readonly MeasuredPoint[], openLoopHit = assumedHit): Held[] {
  return points.map((point) => {
    const prediction = predict(point, "rate" in point.load ? openLoopHit : 0);
    if (prediction === undefined) throw new Error(`${point.model} on ${point.gpu} is not known`);
    return { point, prediction };
  });
}

/** Errors in percent of what was measured. */
export interface Score {
  readonly count: number;
  /** Of the sizes of the errors. */
  readonly median: number;
  readonly p90: number;
  /** The median of the errors with their sign: above 0, the engine says too much. */
  readonly bias: number;
}

export function scoreOf(errors: readonly number[]): Score {
  const sizes = errors.map(Math.abs);
  return { count: errors.length, median: quantile(sizes, 0.5), p90: quantile(sizes, 0.9), bias: quantile(errors, 0.5) };
}

export function outputErrors(held: readonly Held[]): number[] {
  return held.map(({ point, prediction }) => 100 * (prediction.outputToken / point.outputToken - 1));
}

/** Of the bare law, in the order of the points. */
export function plainErrors(points: readonly MeasuredPoint[], openLoopHit = assumedHit): number[] {
  return points.map((point) => {
    const said = predictPlainly(point, "rate" in point.load ? openLoopHit : 0);
    if (said === undefined) throw new Error(`${point.model} on ${point.gpu} is not known`);
    return 100 * (said / point.outputToken - 1);
  });
}

export function firstErrors(held: readonly Held[]): number[] {
  return held.map(({ point, prediction }) => 100 * (prediction.firstToken / point.firstToken - 1));
}

/** In a straight line between the two values beside it. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (place - Math.floor(place)) * (above - below);
}

/** Requests of equal length, each followed by another one, come neither one by one nor all at once: between the two. */
export function isBetween({ point, prediction: { firstToken, burst = 0 } }: Held): boolean {
  return 0.85 * firstToken <= point.firstToken && point.firstToken <= 1.15 * burst;
}

/** Pairs of points, alike but for their load or their ranks, whose predicted output tokens are in the wrong order. */
export function outOfOrder(held: readonly Held[]): string[] {
  return held.flatMap((a) => held.filter((b) => isWrong(a, b)).map((b) => `${a.point.row} and ${b.point.row}`));
}

function isWrong({ point: a, prediction: first }: Held, { point: b, prediction: second }: Held): boolean {
  const alike = (["model", "gpu", "weights", "inputTokens", "outputTokens"] as const).every(
    (name) => a[name] === b[name],
  );
  if (!alike) return false;
  if (a.ranks === b.ranks) return isLess(a, b) && second.outputToken < first.outputToken;
  return isSame(a, b) && a.ranks < b.ranks && second.outputToken > first.outputToken;
}

function isLess({ load: a }: MeasuredPoint, { load: b }: MeasuredPoint): boolean {
  return "rate" in a ? "rate" in b && a.rate < b.rate : "requests" in b && a.requests < b.requests;
}

function isSame({ load: a }: MeasuredPoint, { load: b }: MeasuredPoint): boolean {
  return "rate" in a ? "rate" in b && a.rate === b.rate : "requests" in b && a.requests === b.requests;
}
