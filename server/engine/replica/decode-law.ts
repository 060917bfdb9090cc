import type { ServingLaw } from "../simulation/scenario.ts";

/** A context large enough that the last digits of a step's time do not matter for the slope, and a power of two. */
const farContext = 2 ** 20;

/**
 * Steps in which nobody prefills. For a batch of one size their time is a line over the tokens that are read (it is the memory's
 * bandwidth that counts), so that a run of steps is a sum of whole numbers: no step needs to be looked at.
 */
export class DecodeLaw {
  private readonly law: ServingLaw;
  private readonly bases: Float64Array;
  private readonly slopes: Float64Array;

  constructor(law: ServingLaw, maxRunning: number) {
    this.law = law;
    this.bases = new Float64Array(maxRunning + 1).fill(Number.NaN);
    this.slopes = new Float64Array(maxRunning + 1);
  }

  /** Seconds of a step of `batch` requests that reads nothing. */
  base(batch: number): number {
    const known = this.bases[batch] as number;
    if (!Number.isNaN(known)) return known;
    const load = { decodes: batch, promptTokens: 0, contextTokens: 0, promptContext: 0 };
    const base = this.law.stepTime(load);
    this.bases[batch] = base;
    this.slopes[batch] = (this.law.stepTime({ ...load, contextTokens: farContext }) - base) / farContext;
    return base;
  }

  /** Seconds more for each token that is read; ask for the base first. */
  slope(batch: number): number {
    return this.slopes[batch] as number;
  }
}

/** Seconds of `steps` steps of `batch` requests, the first of which reads `context` tokens and each one `batch` more. */
export function stretchTime(base: number, slope: number, batch: number, context: number, steps: number): number {
  return steps * base + slope * (steps * context + (batch * steps * (steps - 1)) / 2);
}

/** The fewest steps that, begun at `origin`, end at `until` or later. */
export function stepsUntil(
  until: number,
  origin: number,
  base: number,
  slope: number,
  batch: number,
  context: number,
): number {
  const square = (slope * batch) / 2;
  const linear = base + slope * context - square;
  const span = until - origin;
  if (span <= 0) return 0;
  let steps = Math.ceil((2 * span) / (linear + Math.sqrt(linear * linear + 4 * square * span)));
  while (steps > 0 && origin + stretchTime(base, slope, batch, context, steps - 1) >= until) steps--;
  while (origin + stretchTime(base, slope, batch, context, steps) < until) steps++;
  return steps;
}
