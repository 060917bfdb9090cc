import { sentence } from "../../engine/decision/sentence.ts";
import type { Difference } from "../../engine/simulation/difference.ts";
import type { Timeline } from "../../engine/simulation/timeline.ts";
import { printed } from "../report/json.ts";
import type { Simulated } from "./run.ts";

/** All that happened, for programs. What is not known, or without an end, is null. */
export function simulatedInJson({ read, run, exact }: Simulated, title: string, against?: Difference | null): string {
  const { scenario, model, band, gaps, told } = read;
  return printed({
    version: 1,
    model,
    traffic: title,
    duration: scenario.duration,
    seed: scenario.seed,
    tier: exact ? "exact" : "fluid",
    slo: { ttft: scenario.slo.ttft?.value ?? null, itl: scenario.slo.itl?.value ?? null, target: scenario.slo.target },
    met: isMet({ read, run }),
    summary: run.summary,
    violations: run.violations,
    decisions: run.log.map((entry) => ({ ...entry, sentence: sentence(entry.decision) })),
    timeline: timelineOf(run.timeline),
    gaps,
    origins: told,
    band,
    ...(against === undefined ? {} : { difference: against }),
  });
}

/** Whether as many requests met the objectives as should; dropped ones did not. */
export function isMet({ read, run }: Pick<Simulated, "read" | "run">): boolean {
  return !(run.summary.attainment.both < read.scenario.slo.target);
}

function timelineOf({ every, variants, signals, ...lines }: Timeline) {
  const plain = (line: ArrayLike<number>) => Array.from(line);
  return {
    every,
    ...Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, plain(line)])),
    variants: Object.fromEntries(
      [...variants].map(([name, own]) => [
        name,
        Object.fromEntries(Object.entries(own).map(([key, line]) => [key, plain(line as ArrayLike<number>)])),
      ]),
    ),
    signals: Object.fromEntries([...signals].map(([name, line]) => [name, plain(line)])),
  };
}
