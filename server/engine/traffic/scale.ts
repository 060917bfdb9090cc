import { Course } from "./course.ts";
import { times } from "./rate.ts";
import { summariseRate } from "./summary.ts";
import type { Traffic } from "./traffic.ts";

/** What a shape is stretched to: its busiest minute, or its mean, in requests a second. */
export type Scale = { readonly peak: number } | { readonly mean: number };

/** The same shape, higher or lower. A shape of nothing stays one. */
export function scaled(traffic: Traffic, scale: Scale): Traffic {
  const { meanRate, peakMinuteRate } = summariseRate(new Course(traffic.rate));
  const factor = "peak" in scale ? scale.peak / peakMinuteRate : scale.mean / meanRate;
  return Number.isFinite(factor) ? { ...traffic, rate: times(traffic.rate, factor) } : traffic;
}
