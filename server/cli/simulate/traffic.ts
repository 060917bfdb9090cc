import { resolve } from "node:path";
import type { Demand } from "../../engine/traffic/demand.ts";
import { demandOf } from "../../engine/traffic/demand.ts";
import { presetOf, presets } from "../../engine/traffic/presets.ts";
import { scaled } from "../../engine/traffic/scale.ts";
import { demandOfTrace, Trace } from "../../engine/traffic/trace.ts";
import { TraceReader } from "../../engine/traffic/trace-reader.ts";
import type { Traffic } from "../../engine/traffic/traffic.ts";
import { Workspace } from "../../graph/workspace.ts";
import { kinds } from "../../kinds/registry.ts";
import type { TrafficView } from "../../kinds/traffic/kind.ts";
import type { Found } from "../../scenario/found.ts";
import { trafficOf } from "../../scenario/traffic.ts";
import { limits } from "../../text/limits.ts";
import { readNamed } from "../capacity/catalogue.ts";

/** Bytes of a trace; the largest of the public ones have some hundred megabytes. */
const longestTrace = 512 * 1024 * 1024;

export interface AskedTraffic {
  /** As people call it. */
  readonly title: string;
  readonly demand: Demand;
  /** Tokens of each system prompt. */
  readonly systemPrompts: readonly number[];
}

/** A preset by its name, a file of kind Traffic, or a trace. */
export async function trafficFor(name: string, rate: number | undefined, cwd: string): Promise<Found<AskedTraffic>> {
  const preset = presetOf(name);
  if (preset !== undefined) return drawn(preset.title, preset.traffic, rate);
  if (/\.csv$/i.test(name)) return traced(name, rate, cwd);
  if (/\.ya?ml$/i.test(name)) return written(name, rate, cwd);
  const names = presets.map((one) => one.name).join(", ");
  return {
    mistake: `There is no traffic "${name}". It may be ${names}, a .yaml file of kind Traffic, or a .csv trace.`,
  };
}

function drawn(title: string, traffic: Traffic, rate: number | undefined): AskedTraffic {
  const asked = rate === undefined ? traffic : scaled(traffic, { mean: rate });
  const { system } = asked;
  return {
    title: rate === undefined ? title : `${title} at ${rate} requests a second`,
    demand: demandOf(asked),
    systemPrompts: system === undefined ? [] : new Array<number>(system.count).fill(system.tokens),
  };
}

async function written(name: string, rate: number | undefined, cwd: string): Promise<Found<AskedTraffic>> {
  const read = await readNamed(resolve(cwd, name), name, limits.fileLength);
  if ("mistake" in read) return read;
  const workspace = new Workspace(kinds);
  const { file } = workspace.update(name, read.text);
  const [object] = workspace.objectsIn(file).filter(({ kind }) => kind.id === "traffic");
  if (object === undefined) return { mistake: `${name}: No document of kind Traffic is in it.` };
  const { traffic, problems } = trafficOf(object.view as TrafficView);
  const [problem] = problems;
  if (problem !== undefined) {
    const line = file.rangeOf(problem.at).start.line + 1;
    return { mistake: `${name}:${line}: ${problem.message}.` };
  }
  return traffic === undefined ? { mistake: `${name}: It cannot be used.` } : drawn(name, traffic, rate);
}

async function traced(name: string, rate: number | undefined, cwd: string): Promise<Found<AskedTraffic>> {
  if (rate !== undefined) return { mistake: "--rate goes with presets and shapes; a trace is what it is." };
  const read = await readNamed(resolve(cwd, name), name, longestTrace);
  if ("mistake" in read) return read;
  const trace = new Trace();
  const reader = new TraceReader((row) => trace.add(row));
  reader.push(read.text);
  const report = reader.end();
  if (report.format === undefined)
    return { mistake: `${name}: Its first line has neither the columns of the Azure traces nor those of BurstGPT.` };
  if (trace.count === 0) return { mistake: `${name}: None of its rows can be used.` };
  return { title: `${name} (${trace.count} requests)`, demand: demandOfTrace(trace), systemPrompts: [] };
}
