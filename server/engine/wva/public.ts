// What llm-d's Workload Variant Autoscaler decides.
export {
  type CompositeSignals,
  compositeLaw,
  compositeSaturation,
  decideByComposite,
} from "./composite.ts";
export { builtInEntry, builtInTokenThresholds, withDefaults, withTokenThresholds } from "./config/defaults.ts";
export { type Degeneracy, degeneracies, setPoint, workableQueueTrigger } from "./config/degenerate.ts";
export { goDuration } from "./config/duration.ts";
export {
  type AnalyzerEntry,
  type LimiterEntry,
  type ScalingEntry,
  thresholdsOf,
  usesTokens,
} from "./config/entry.ts";
export { mergeEntries } from "./config/merge.ts";
export { type ModelName, overrideKey, resolveEntry, type ScalingEntries } from "./config/resolve.ts";
export {
  defaultRetention,
  retentionOf,
  type ScaleToZero,
  type ScaleToZeroEntry,
  scaleToZeroOf,
} from "./config/scale-to-zero.ts";
export { tellViolation, type Violation, validateEntry } from "./config/validate.ts";
export { decideModel, type WvaCycleInput } from "./cycle.ts";
export { type Enforcement, enforceZero, enforceZeroOnDecisions, type ZeroPolicy } from "./enforce.ts";
export { shortAcceleratorName } from "./limiter/accelerator.ts";
export { discoverGpus, type GpuInventory, type GpuPools, gpuInventory, takeGpus } from "./limiter/inventory.ts";
export {
  allocateGreedily,
  type GpuAllocation,
  type GpuGrant,
  type GpuRequest,
  type LimitedGpus,
  limitByGpus,
  limitDecisions,
} from "./limiter/limit.ts";
export { type ProfileRules, type WvaProfile, wvaProfiles } from "./profiles.ts";
export {
  allocationCost,
  defaultSloMultiplier,
  inferredTargets,
  replicasFor,
  transitionCost,
} from "./queueing/allocate.ts";
export { averagesOf, type QueueAverages, type QueueShape } from "./queueing/chain.ts";
export {
  decodeTime,
  type IterationParameters,
  iterationLaw,
  iterationTime,
  prefillTime,
} from "./queueing/iteration.ts";
export type { AverageState, Latencies, ServiceLaw, Workload } from "./queueing/law.ts";
export { type LegacyParameters, legacyDecodeTime, legacyLaw, legacyPrefillTime } from "./queueing/legacy.ts";
export { performanceAt, type QueuePerformance, type ReplicaQueue, replicaQueue } from "./queueing/queue.ts";
export { type ServiceTargets, type SizedRate, sizeReplica } from "./queueing/size.ts";
export { type WvaReasonId, wvaReasons } from "./reasons.ts";
export { type InactiveVariant, scaleFromZero, scaleFromZeroInterval } from "./scale-from-zero.ts";
export {
  analyzeSaturation,
  isSaturated,
  type SaturationAnalysis,
  type SaturationThresholds,
  type VariantSaturation,
} from "./v1/analyze.ts";
export { type Arbitration, type ArbitrationInput, arbitrate } from "./v1/arbitrate.ts";
export { collectReplicas, type ScrapedReplica } from "./v1/collect.ts";
export { blockingVariants, type DecidedCycle, runSaturation, type SaturationInput } from "./v1/cycle.ts";
export { saturationDecisions } from "./v1/explain.ts";
export { type ScalingSignals, saturationTargets, type TargetChoice, type TargetLaw } from "./v1/targets.ts";
export {
  analyzeTokens,
  type ReplicaTokens,
  type SchedulerQueue,
  type TokenAnalysis,
  type TokenInput,
  type TokenThresholds,
  type VariantCapacity,
} from "./v2/analyze.ts";
export { runTokens } from "./v2/cycle.ts";
export {
  type EngineContainer,
  type EngineParameters,
  engineParameters,
  sameCapacity,
} from "./v2/engine-arguments.ts";
export {
  estimateCapacity,
  integerMedian,
  type OutputBucket,
  outputBucket,
  type RequestTokens,
  type StepLimits,
} from "./v2/estimate.ts";
export { type DecidedTokens, tokenDecisions } from "./v2/explain.ts";
export { type CapacityRecord, noKnowledge, recordFromManifest, type TokenKnowledge } from "./v2/knowledge.ts";
export { type CapacityGap, optimizeCost, type SizedVariant } from "./v2/optimize.ts";
export {
  type Action,
  actionOf,
  countReplicas,
  defaultVariantCost,
  type ReplicaLoad,
  type ScaleTargetStatus,
  type VariantRole,
  type VariantState,
  variantCost,
} from "./variant.ts";
