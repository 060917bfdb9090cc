import { exp } from "../random/portable.ts";
import type { ArrivalSource } from "./arrivals.ts";
import { Course } from "./course.ts";
import { drawArrivals } from "./draw.ts";
import { lengths } from "./length.ts";
import { openAt } from "./open-sessions.ts";
import { reuseOf } from "./reuse.ts";
import { requestMeans, summariseRate } from "./summary.ts";
import type { Traffic } from "./traffic.ts";

/** Traffic as those who serve it ask for it: a rate and means for a fluid, and single requests. */
export interface Demand {
  /** Requests a second at a moment. */
  rate(at: number): number;
  readonly promptTokens: number;
  readonly outputTokens: number;
  /** Standard deviations over their means. */
  readonly promptVariation: number;
  readonly outputVariation: number;
  /** The same of the times between arrivals. */
  readonly variation: number;
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
    promptVariation: means.promptVariation,
    outputVariation: means.outputVariation,
    variation: traffic.variation,
    systemTokens: traffic.system?.tokens ?? 0,
    reuse:
      traffic.reuse === undefined ? repetition(traffic, means.promptTokens, means.repeated) : reuseOf(traffic.reuse),
    arrivals: (seed) => drawArrivals(traffic, seed),
  };
}

/**
 * An LRU cache holds what was used within some time. By Che's approximation of it (2002), with x pauses as that time: the share
 * 1 - e^-x of the open sessions, and those that ended meanwhile and are of no use. System prompts, which all requests touch, are
 * in it first.
 */
function repetition(traffic: Traffic, prompt: number, repeated: number): (cached: number) => number {
  const { system, sessions } = traffic;
  const shared = (system?.count ?? 0) * (system?.tokens ?? 0);
  const ofSystem = Math.min(repeated, (system?.tokens ?? 0) / prompt);
  const points = shared > 0 ? [{ tokens: shared, share: ofSystem }] : [];
  if (sessions === undefined) return reuseOf(points);
  const { meanRate } = summariseRate(new Course(traffic.rate));
  const ended = (meanRate * sessions.pause) / lengths(sessions.turns).mean;
  const own = Math.max(1, prompt - (system?.tokens ?? 0));
  for (let x = 1 / 16; x <= 8; x *= 1.25) {
    const found = 1 - exp(-x);
    const tokens = shared + own * Math.max(1, openAt(meanRate, sessions) * found + ended * x);
    points.push({ tokens, share: ofSystem + (repeated - ofSystem) * found });
  }
  return reuseOf(points);
}
