// What the cluster would do: traffic, pods and controllers on one clock.
export type { Blame, BlamePart, Violation } from "./blame.ts";
export { type Difference, differenceOf } from "./difference.ts";
export { FluidTier } from "./fluid/fluid.ts";
export type { LogEntry, Outcome, Range } from "./log.ts";
export type {
  Autoscaler,
  HpaInput,
  KedaInput,
  ModelServer,
  OvershootGuard,
  Router,
  Scenario,
  ServingLaw,
  Slo,
  StepLoad,
  Traffic,
  Variant,
  Wva,
  WvaVariant,
} from "./scenario.ts";
export type {
  Measure,
  Outage,
  PodGauge,
  PodLatency,
  PodMeasure,
  PodRate,
  RouterMeasure,
  Signal,
} from "./signal.ts";
export { type Run, Simulation, type SimulationOptions, simulate } from "./simulation.ts";
export type { GpuHours, Summary } from "./summary.ts";
export { cutsInWords, summarySentence } from "./summary-sentence.ts";
export type {
  Latency,
  ReplicaCounters,
  ReplicaGauges,
  ReplicaId,
  RouterGauges,
  Tier,
  WindowStats,
} from "./tier.ts";
export type { Timeline, VariantLines } from "./timeline.ts";
