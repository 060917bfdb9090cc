import { FluidTier } from "../../engine/simulation/fluid/fluid.ts";
import { type Run, simulate } from "../../engine/simulation/simulation.ts";
import { exactTier } from "../../scenario/exact.ts";
import type { Found } from "../../scenario/found.ts";
import { type ReadScenario, scenarioFrom } from "../../scenario/scenario.ts";
import type { Stack } from "./files.ts";
import type { Asked } from "./flags.ts";
import type { AskedTraffic } from "./traffic.ts";

/** A stack, what it came to, and what happened. */
export interface Simulated {
  readonly read: ReadScenario;
  readonly run: Run;
  readonly exact: boolean;
}

/** More single requests take minutes and gigabytes. */
const mostRequests = 20_000_000;
/** Seconds between columns: as many as a day has at 15 s. */
const [finest, mostColumns] = [15, 5760];

export function simulated(stack: Stack, asked: Asked, traffic: AskedTraffic, exact: boolean): Found<Simulated> {
  const { slo, duration, seed, fills } = asked;
  const { workspace, known, nameOf } = stack;
  const { demand, systemPrompts } = traffic;
  const read = scenarioFrom(workspace, { ...fills, known, traffic: demand, slo, duration, seed, nameOf });
  if ("mistake" in read) return read;
  const { scenario } = read;
  if (exact && requestsIn(demand, duration) > mostRequests)
    return { mistake: `--exact takes up to ${mostRequests} requests. Shorten --duration, or leave --exact out.` };
  const tier = exact
    ? exactTier(scenario, { arrivals: demand.arrivals(seed), systemPrompts })
    : new FluidTier(scenario);
  const sampleEvery = finest * Math.ceil(duration / finest / mostColumns);
  return { read, run: simulate(scenario, tier, { sampleEvery }), exact };
}

function requestsIn(demand: AskedTraffic["demand"], duration: number): number {
  const step = duration / 1000;
  let sum = 0;
  for (let n = 0; n < 1000; n++) sum += demand.rate((n + 0.5) * step) * step;
  return sum;
}
