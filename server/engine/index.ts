/**
 * The engine as a library: `import { capacity, hpa, sentence, wva } from "headroom-llm/engine"`. A name for each subject, and
 * what all of them speak in. Inside `server`, modules are imported by themselves, never from here or a `public.ts`.
 */
export * as capacity from "./capacity/public.ts";
export * as catalogue from "./catalogue/public.ts";
export * as cluster from "./cluster/public.ts";
export type { Candidate, Comparison, Decision, Hold, Named, Reason } from "./decision/decision.ts";
export { sentence } from "./decision/sentence.ts";
export * as epp from "./epp/public.ts";
export * as hpa from "./hpa/public.ts";
export * as keda from "./keda/public.ts";
export * as random from "./random/public.ts";
export * as replica from "./replica/public.ts";
export * as serving from "./serving/public.ts";
export * as simulation from "./simulation/public.ts";
export { given, type OriginId, type Origins, type Sourced } from "./sourced.ts";
export * as traffic from "./traffic/public.ts";
export {
  bytes,
  bytesPerRank,
  dollarsPerHour,
  gb,
  gib,
  gibPerRank,
  gigabitsPerSecond,
  gigabytesPerSecond,
  inGib,
  inMilliseconds,
  inSeconds,
  milliseconds,
  perPod,
  seconds,
  share,
  tokens,
} from "./units.ts";
export { type EnvironmentName, scaleDownWindow, scaleUpFloor, usualWindows } from "./windows.ts";
export * as wva from "./wva/public.ts";
