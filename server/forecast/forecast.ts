import { FluidTier } from "../engine/simulation/fluid/fluid.ts";
import { type Run, simulate } from "../engine/simulation/simulation.ts";
import type { Tier } from "../engine/simulation/tier.ts";
import { given } from "../engine/sourced.ts";
import type { Demand } from "../engine/traffic/demand.ts";
import type { Workspace } from "../graph/workspace.ts";
import { exactTier } from "../scenario/exact.ts";
import type { Known } from "../scenario/fills.ts";
import type { Found } from "../scenario/found.ts";
import { type ReadScenario, scenarioFrom } from "../scenario/scenario.ts";
import { type Passing, watched } from "./passing.ts";
import type { AskedSlo, Question } from "./question.ts";
import type { ReadTraffic } from "./traffic.ts";

/** Files as somebody asks about them. */
export interface Asked {
  readonly workspace: Workspace;
  readonly known: Known;
  readonly question: Question;
  readonly traffic: ReadTraffic;
  /** A path of the workspace as people call it. */
  nameOf(path: string): string;
  /** Columns of the timeline. Absent: as many as a day has at 15 s. */
  readonly mostColumns?: number;
  /** Hears how much of the run is done, from 0 to 1. */
  readonly passing?: Passing;
}

/** What the files came to, and what happened. */
export interface Forecast {
  readonly read: ReadScenario;
  readonly run: Run;
  readonly exact: boolean;
  /** Of the traffic. */
  readonly title: string;
}

/** More single requests take minutes and gigabytes. */
const mostRequests = 20_000_000;
/** Seconds between columns, and how many of them. */
const [finest, usualColumns] = [15, 5760];

export function forecastOf(asked: Asked): Found<Forecast> {
  const { workspace, known, question, traffic, nameOf, mostColumns = usualColumns, passing } = asked;
  const { target, slo, duration, seed, instead, exact } = question;
  const { demand, title } = traffic;
  const fills = { ...instead, known, traffic: demand, slo: sourced(slo), duration, seed, nameOf };
  const read = scenarioFrom(workspace, target === undefined ? fills : { ...fills, target });
  if ("mistake" in read) return read;
  if (exact && requestsIn(demand, duration) > mostRequests)
    return { mistake: `--exact takes up to ${mostRequests} requests. Shorten --duration, or leave --exact out.` };
  const tier = exact ? exactTierOf(read, traffic, seed) : new FluidTier(read.scenario);
  const sampleEvery = finest * Math.ceil(duration / finest / mostColumns);
  const run = simulate(read.scenario, passing === undefined ? tier : watched(tier, duration, passing), { sampleEvery });
  return { read, run, exact, title };
}

function exactTierOf({ scenario }: ReadScenario, { demand, systemPrompts }: ReadTraffic, seed: number): Tier {
  return exactTier(scenario, { arrivals: demand.arrivals(seed), systemPrompts });
}

function sourced({ ttft, itl, target }: AskedSlo) {
  return {
    ...(ttft === undefined ? {} : { ttft: given(ttft, "flag: --slo") }),
    ...(itl === undefined ? {} : { itl: given(itl, "flag: --slo") }),
    target,
  };
}

function requestsIn(demand: Demand, duration: number): number {
  const step = duration / 1000;
  let sum = 0;
  for (let n = 0; n < 1000; n++) sum += demand.rate((n + 0.5) * step) * step;
  return sum;
}
