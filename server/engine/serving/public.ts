// How fast a replica serves: the time of a step, and what follows from it.
export { denseBand, mixtureBand, type StepBand } from "./band.ts";
export {
  type CachedPrompt,
  type CachedPromptRequest,
  type CacheLevel,
  cachedPrompt,
  type LevelHit,
} from "./cached-prompt.ts";
export { type StepConstants, vllmConstants } from "./constants.ts";
export { burstFirstToken, firstTokenTime, isolatedFirstToken, prefillTime } from "./first-token.ts";
export {
  type BenchmarkPoint,
  type Fit,
  type FittedConstant,
  fitConstants,
  isOfOtherLengths,
  pointsOfProfile,
} from "./fit.ts";
export { outputTokenTime, outputTokenTimeAtRate, promptDelay, rateOf } from "./mixing.ts";
export {
  constantHit,
  type HitCurve,
  hitCurves,
  hitShare,
  type Routing,
  routedHitShare,
  wholeBlocks,
} from "./prefix-cache.ts";
export type { ReplicaLimits, RequestShape } from "./requests.ts";
export { type PoolReplica, type SplitPools, type SplitRequest, splitPools, usualTransfers } from "./split-pools.ts";
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
