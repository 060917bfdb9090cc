// What requests come: shapes, laws and presets, their arrivals one by one, and traces of real services.
export { type ArrivalSource, type Arrivals, newChunk } from "./arrivals.ts";
export { Course } from "./course.ts";
export { type Demand, demandOf } from "./demand.ts";
export { drawArrivals } from "./draw.ts";
export { type LengthLaw, longest } from "./length.ts";
export { type Preset, presetOf, presets } from "./presets.ts";
export { constant, type Knot, profile, type Rate, ramps, rateAt, type Spike, steps, times, withSpike } from "./rate.ts";
export type { ReusePoint } from "./reuse.ts";
export { type Scale, scaled } from "./scale.ts";
export { type RequestMeans, summarise, type TrafficSummary } from "./summary.ts";
export { demandOfTrace, Trace } from "./trace.ts";
export { type Refusal, type TraceFormat, TraceReader, type TraceReport, type TraceRow } from "./trace-reader.ts";
export type { Sessions, SystemPrompts, Traffic } from "./traffic.ts";
