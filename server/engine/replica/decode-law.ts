import type { ServingLaw } from "../simulation/scenario.ts";

export interface StepLaw extends ServingLaw {
  /** Seconds of so many steps that only decode, in each of which every request gains a token. Absent: the steps are added up. */
  stretchTime?(decodes: number, contextTokens: number, steps: number): number;
}

/** No stretch has more: a billion steps are months. */
const mostSteps = 2 ** 30;

/** Where a line is looked for. The farther one is a power of two, so that the slope loses no digits. */
const [nearContext, farContext] = [2 ** 12, 2 ** 24];

/**
 * Runs of steps in which nobody prefills. For a batch of one size the time of a step is mostly a line over the tokens that are read,
 * the memory's bandwidth, and a run of them a sum of whole numbers: no step needs to be looked at. Models whose layers
 * look through a window bend that line; then the law is asked for the sum.
 */
export class DecodeLaw {
  private readonly law: StepLaw;
  private readonly bases: Float64Array;
  /** Seconds more for each token; not a number where it is no line. */
  private readonly slopes: Float64Array;

  constructor(law: StepLaw, maxRunning: number) {
    this.law = law;
    this.bases = new Float64Array(maxRunning + 1).fill(Number.NaN);
    this.slopes = new Float64Array(maxRunning + 1);
  }

  /** Seconds of `steps` steps of `batch` requests, the first of which reads `context` tokens and each one `batch` more. */
  time(batch: number, context: number, steps: number): number {
    const base = this.base(batch);
    const slope = this.slopes[batch] as number;
    if (Number.isNaN(slope)) return this.bentTime(batch, context, steps);
    return steps * base + slope * (steps * context + (batch * steps * (steps - 1)) / 2);
  }

  /** The fewest of such steps that, begun at `origin`, end at `until` or later. */
  stepsUntil(until: number, origin: number, batch: number, context: number): number {
    const span = until - origin;
    if (span <= 0) return 0;
    const base = this.base(batch);
    const slope = this.slopes[batch] as number;
    if (Number.isNaN(slope)) return this.bentSteps(until, origin, batch, context);
    const square = (slope * batch) / 2;
    const linear = base + slope * context - square;
    const root = (2 * span) / (linear + Math.sqrt(linear * linear + 4 * square * span));
    let steps = Math.min(mostSteps, root) | 0;
    while (steps > 0 && origin + this.time(batch, context, steps - 1) >= until) steps--;
    while (origin + this.time(batch, context, steps) < until) steps++;
    return steps;
  }

  private base(batch: number): number {
    const known = this.bases[batch] as number;
    return Number.isNaN(known) ? this.learn(batch) : known;
  }

  private learn(batch: number): number {
    const base = this.stepTime(batch, 0);
    if (!(base > 0)) throw new RangeError("a step takes time");
    const slope = (this.stepTime(batch, farContext) - base) / farContext;
    const near = (this.stepTime(batch, nearContext) - base) / nearContext;
    this.bases[batch] = base;
    this.slopes[batch] = Math.abs(near - slope) <= slope * 1e-6 ? slope : Number.NaN;
    return base;
  }

  private stepTime(decodes: number, contextTokens: number): number {
    return this.law.stepTime({ decodes, promptTokens: 0, contextTokens, promptContext: 0 });
  }

  private bentTime(batch: number, context: number, steps: number): number {
    if (this.law.stretchTime !== undefined) return this.law.stretchTime(batch, context, steps);
    let time = 0;
    for (let step = 0; step < steps; step++) time += this.stepTime(batch, context + batch * step);
    return time;
  }

  /** By halving: no step is shorter than the first. */
  private bentSteps(until: number, origin: number, batch: number, context: number): number {
    let tooFew = 0;
    let enough = Math.ceil((until - origin) / this.stepTime(batch, context)) + 1;
    while (enough - tooFew > 1) {
      const middle = Math.floor((tooFew + enough) / 2);
      if (origin + this.bentTime(batch, context, middle) >= until) enough = middle;
      else tooFew = middle;
    }
    return enough;
  }
}
