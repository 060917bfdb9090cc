import { type Demand, demandOf } from "../engine/traffic/demand.ts";
import { presetOf, presets } from "../engine/traffic/presets.ts";
import { scaled } from "../engine/traffic/scale.ts";
import { stretched } from "../engine/traffic/stretch.ts";
import { demandOfTrace, Trace } from "../engine/traffic/trace.ts";
import { TraceReader } from "../engine/traffic/trace-reader.ts";
import type { Traffic } from "../engine/traffic/traffic.ts";
import { Workspace } from "../graph/workspace.ts";
import { kinds } from "../kinds/registry.ts";
import type { TrafficView } from "../kinds/traffic/kind.ts";
import type { Found } from "../scenario/found.ts";
import { trafficOf } from "../scenario/traffic.ts";
import type { AskedTraffic } from "./question.ts";

/** Traffic as a run takes it. */
export interface ReadTraffic {
  /** As people call it. */
  readonly title: string;
  readonly demand: Demand;
  /** Tokens of each system prompt. */
  readonly systemPrompts: readonly number[];
}

export type TrafficForm = "preset" | "shape" | "trace";

/** What a name stands for: a preset, a file of kind Traffic, or a trace. */
export function formOf(name: string): Found<TrafficForm> {
  if (presetOf(name) !== undefined) return "preset";
  if (/\.csv$/i.test(name)) return "trace";
  if (/\.ya?ml$/i.test(name)) return "shape";
  const names = presets.map((one) => one.name).join(", ");
  return {
    mistake: `There is no traffic "${name}". It may be ${names}, a .yaml file of kind Traffic, or a .csv trace.`,
  };
}

/** The traffic that is asked for; the text is that of its file. */
export function trafficFrom(asked: AskedTraffic, text: string): Found<ReadTraffic> {
  const form = formOf(asked.name);
  if (typeof form === "object") return form;
  if (form === "trace") return traced(asked, text);
  if (form === "shape") return written(asked, text);
  const preset = presetOf(asked.name);
  return preset === undefined
    ? { mistake: `There is no traffic "${asked.name}".` }
    : drawn(preset.title, preset.traffic, asked);
}

function drawn(title: string, traffic: Traffic, { rate, promptTokens, outputTokens }: AskedTraffic): ReadTraffic {
  const lengths = {
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(outputTokens === undefined ? {} : { outputTokens }),
  };
  const asked = stretched(rate === undefined ? traffic : scaled(traffic, { mean: rate }), lengths);
  const changes = [
    ...(rate === undefined ? [] : [`at ${rate} requests a second`]),
    ...(promptTokens === undefined ? [] : [`with prompts of ${promptTokens} tokens`]),
    ...(outputTokens === undefined ? [] : [`with answers of ${outputTokens} tokens`]),
  ];
  const { system } = asked;
  return {
    title: [title, ...changes].join(" "),
    demand: demandOf(asked),
    systemPrompts: system === undefined ? [] : new Array<number>(system.count).fill(system.tokens),
  };
}

function written(asked: AskedTraffic, text: string): Found<ReadTraffic> {
  const { name } = asked;
  const workspace = new Workspace(kinds);
  const { file } = workspace.update(name, text);
  const [object] = workspace.objectsIn(file).filter(({ kind }) => kind.id === "traffic");
  if (object === undefined) return { mistake: `${name}: No document of kind Traffic is in it.` };
  const { traffic, problems } = trafficOf(object.view as TrafficView);
  const [problem] = problems;
  if (problem !== undefined) {
    const line = file.rangeOf(problem.at).start.line + 1;
    return { mistake: `${name}:${line}: ${problem.message}.` };
  }
  return traffic === undefined ? { mistake: `${name}: It cannot be used.` } : drawn(name, traffic, asked);
}

function traced({ name, rate, promptTokens, outputTokens }: AskedTraffic, text: string): Found<ReadTraffic> {
  if (rate !== undefined) return { mistake: "--rate goes with presets and shapes; a trace is what it is." };
  if (promptTokens !== undefined || outputTokens !== undefined)
    return { mistake: "Lengths go with presets and shapes; a trace is what it is." };
  const trace = new Trace();
  const reader = new TraceReader((row) => trace.add(row));
  reader.push(text);
  const report = reader.end();
  if (report.format === undefined)
    return { mistake: `${name}: Its first line has neither the columns of the Azure traces nor those of BurstGPT.` };
  if (trace.count === 0) return { mistake: `${name}: None of its rows can be used.` };
  return { title: `${name} (${trace.count} requests)`, demand: demandOfTrace(trace), systemPrompts: [] };
}
