import { sentence } from "../engine/decision/sentence.ts";
import type { Violation } from "../engine/simulation/blame.ts";
import type { LogEntry } from "../engine/simulation/log.ts";
import type { Summary } from "../engine/simulation/summary.ts";
import { summarySentence } from "../engine/simulation/summary-sentence.ts";
import type { Latency } from "../engine/simulation/tier.ts";
import type { ReadScenario } from "../scenario/scenario.ts";
import type { Forecast } from "./forecast.ts";
import { known, timelineOf } from "./lines.ts";
import type { Picture, PictureDecision, PictureLatency, PictureSummary, PictureViolation, Place } from "./picture.ts";
import { thresholdsOf } from "./thresholds.ts";
import { variantsOf } from "./variants.ts";
import { windowsOf } from "./windows.ts";

/** A run as a page, a terminal and a program are told of it. `pathOf`: what a file is called there, by its path here. */
export function pictureOf({ read, run, exact, title }: Forecast, pathOf: (path: string) => string): Picture {
  const { scenario, model, band, gaps, told } = read;
  const { slo } = scenario;
  return {
    version: 1,
    model,
    traffic: title,
    duration: scenario.duration,
    seed: scenario.seed,
    tier: exact ? "exact" : "fluid",
    slo: { ttft: slo.ttft?.value ?? null, itl: slo.itl?.value ?? null, target: slo.target },
    met: isMet({ read, run }),
    sentence: summarySentence(run),
    summary: summaryOf(run.summary),
    violations: run.violations.map(violationOf),
    decisions: run.log.map(decisionOf),
    timeline: timelineOf(run.timeline),
    thresholds: thresholdsOf(scenario),
    windows: windowsOf(scenario),
    variants: variantsOf(read),
    gaps,
    origins: told,
    places: placesOf(read, pathOf),
    band,
  };
}

/** Whether as many requests met the objectives as should; dropped ones did not. */
export function isMet({ read, run }: Pick<Forecast, "read" | "run">): boolean {
  return !(run.summary.attainment.both < read.scenario.slo.target);
}

export function decisionOf(entry: LogEntry): PictureDecision {
  const { decision, ranges } = entry;
  return {
    ...entry,
    decision,
    ranges: ranges.map(({ name, least, most }) => ({ name, least: known(least), most: known(most) })),
    sentence: sentence(decision),
  };
}

function violationOf({ from, to, blame }: Violation): PictureViolation {
  return { from, to, blame };
}

function summaryOf({ attainment, ttft, itl, dollarsPerMillionTokens, ...figures }: Summary): PictureSummary {
  return {
    ...figures,
    attainment: { both: known(attainment.both), ttft: known(attainment.ttft), itl: known(attainment.itl) },
    ...(ttft === undefined ? {} : { ttft: latencyOf(ttft) }),
    ...(itl === undefined ? {} : { itl: latencyOf(itl) }),
    dollarsPerMillionTokens: known(dollarsPerMillionTokens),
  };
}

function latencyOf({ of, mean, p50, p95, p99 }: Latency): PictureLatency {
  return { of, mean: known(mean), p50: known(p50), p95: known(p95), p99: known(p99) };
}

/** Without a prototype: file names are the user's. */
function placesOf({ places }: ReadScenario, pathOf: (path: string) => string): Picture["places"] {
  const found: Record<string, Place> = Object.create(null);
  for (const [origin, { path, range }] of places) found[origin] = { path: pathOf(path), range };
  return found;
}
