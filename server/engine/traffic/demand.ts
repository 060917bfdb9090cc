import type { ArrivalSource } from "./arrivals.ts";
import { Course } from "./course.ts";
import { drawArrivals } from "./draw.ts";
import { reuseOf } from "./reuse.ts";
import { requestMeans } from "./summary.ts";
import type { Traffic } from "./traffic.ts";

/** Traffic as those who serve it ask for it: a rate and means for a fluid, and single requests. */
export interface Demand {
  /** Requests a second at a moment. */
  rate(at: number): number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Standard deviation of the output tokens over their mean. */
  readonly outputVariation: number;
  /** Tokens of the shared beginning that each prompt has. */
  readonly systemTokens: number;
  /** Share of a prompt that a prefix cache of so many tokens holds. */
  reuse(cachedTokens: number): number;
  arrivals(seed: number): ArrivalSource;
}

export function demandOf(traffic: Traffic): Demand {
  const course = new Course(traffic.rate);
  const means = requestMeans(traffic);
  return {
    rate: (at) => course.rate(at),
    promptTokens: means.promptTokens,
    outputTokens: means.outputTokens,
    outputVariation: means.outputVariation,
    systemTokens: traffic.system?.tokens ?? 0,
    reuse:
      traffic.reuse === undefined ? repetition(traffic, means.promptTokens, means.repeated) : reuseOf(traffic.reuse),
    arrivals: (seed) => drawArrivals(traffic, seed),
  };
}

/**
 * Any of the open sessions is as likely to go on as another, so a cache of half of them finds half of what comes again. The
 * system prompts, which all requests touch, are in it first. The number of open sessions is that of the mean rate.
 */
function repetition({ rate, system, sessions }: Traffic, prompt: number, repeated: number): (cached: number) => number {
  const course = new Course(rate);
  const meanRate = course.end > 0 ? course.expected(course.end) / course.end : course.rate(0);
  const shared = (system?.count ?? 0) * (system?.tokens ?? 0);
  const ofSystem = Math.min(repeated, (system?.tokens ?? 0) / prompt);
  const open = Math.max(1, meanRate * (sessions?.pause ?? 0));
  const all = shared + open * Math.max(1, prompt - (system?.tokens ?? 0));
  const points = shared > 0 ? [{ tokens: shared, share: ofSystem }] : [];
  return reuseOf(sessions === undefined ? points : [...points, { tokens: all, share: repeated }]);
}
