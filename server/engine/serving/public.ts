// How fast a replica serves: the time of a step, and what follows from it.
export { denseBand, mixtureBand, type StepBand } from "./band.ts";
export { type StepConstants, vllmConstants } from "./constants.ts";
export { burstFirstToken, firstTokenTime, isolatedFirstToken, prefillTime } from "./first-token.ts";
export { outputTokenTime, outputTokenTimeAtRate, promptDelay, rateOf } from "./mixing.ts";
export type { ReplicaLimits, RequestShape } from "./requests.ts";
export { type SteadyReplica, type SteadyState, steadyReplica } from "./steady.ts";
export {
  isUnknownStep,
  type StepLaw,
  type StepLoad,
  type StepOptions,
  stepLaw,
  type Uncounted,
  type UnknownStep,
} from "./step-time.ts";
export { tabulated } from "./tabulated.ts";
export { coverage } from "./weight-cost.ts";
