import type { Picture } from "../../../server/forecast/picture.ts";
import type { Unit } from "./words.ts";

/** Figures of a summary by their paths in it, as people call them. */
const titles: Readonly<Record<string, readonly [title: string, unit: Unit]>> = {
  arrived: ["requests that came", "count"],
  finished: ["requests finished", "count"],
  dropped: ["requests dropped", "count"],
  "attainment.both": ["within both objectives", "share"],
  "attainment.ttft": ["within the TTFT objective", "share"],
  "attainment.itl": ["within the ITL objective", "share"],
  "ttft.mean": ["TTFT, mean", "seconds"],
  "ttft.p50": ["TTFT p50", "seconds"],
  "ttft.p95": ["TTFT p95", "seconds"],
  "ttft.p99": ["TTFT p99", "seconds"],
  "itl.mean": ["ITL, mean", "seconds"],
  "itl.p50": ["ITL p50", "seconds"],
  "itl.p95": ["ITL p95", "seconds"],
  "itl.p99": ["ITL p99", "seconds"],
  outputTokens: ["output tokens", "count"],
  replicaHours: ["replica hours", "plain"],
  mostReplicas: ["most replicas at once", "count"],
  scaleUps: ["scale-ups", "count"],
  scaleDowns: ["scale-downs", "count"],
  cut: ["generations cut off", "count"],
  dollars: ["cost", "dollars"],
  dollarsPerMillionTokens: ["cost of a million output tokens", "dollars"],
  "gpuHours.paid": ["GPU hours paid", "plain"],
  "gpuHours.starting": ["GPU hours of starting", "plain"],
  "gpuHours.serving": ["GPU hours of serving", "plain"],
  "gpuHours.idle": ["GPU hours idle", "plain"],
  violations: ["breaches", "count"],
  violatedSeconds: ["time in breach", "seconds"],
  longestViolation: ["longest breach", "seconds"],
};

export function figureTitle(name: string): string {
  return Object.hasOwn(titles, name) ? (titles[name]?.[0] ?? name) : name;
}

export function figureUnit(name: string): Unit {
  return Object.hasOwn(titles, name) ? (titles[name]?.[1] ?? "plain") : "plain";
}

/** Every figure of a run that has a name here and a number. */
export function figuresOf({ summary }: Picture): readonly { readonly name: string; readonly value: number | null }[] {
  return Object.keys(titles).flatMap((name) => {
    const value = name
      .split(".")
      .reduce<unknown>(
        (of, key) => (typeof of === "object" && of !== null ? (of as Record<string, unknown>)[key] : undefined),
        summary,
      );
    return typeof value === "number" || value === null ? [{ name, value }] : [];
  });
}

/** Figures that people ask for first. */
export const foremost: readonly string[] = [
  "attainment.both",
  "ttft.p95",
  "itl.p95",
  "dropped",
  "mostReplicas",
  "scaleUps",
  "scaleDowns",
  "replicaHours",
  "dollars",
  "dollarsPerMillionTokens",
];
