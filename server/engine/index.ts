// Capacity: how much a GPU holds.
export { type Trial, whatToTry } from "./capacity/advice.ts";
export {
  type BlockPool,
  blockPool,
  blocksIn,
  blocksOfRequest,
  concurrencyAt,
  loggedTokens,
  type PoolOptions,
  startupNeeds,
  usualPool,
} from "./capacity/block-pool.ts";
export { type Budget, type Figure, memoryBudget } from "./capacity/budget.ts";
export { type CacheDtype, cacheDtypes, findCacheDtype } from "./capacity/cache-dtype.ts";
export { type CacheLayers, cacheLayers, type Draft } from "./capacity/cache-layers.ts";
export { type Capacity, type CapacityRequest, capacity, isRefusal, type Refusal } from "./capacity/capacity.ts";
export {
  costPerHour,
  costPerMillionTokens,
  costPerThousandTokens,
  type Investment,
  type Return,
  returnOn,
} from "./capacity/cost.ts";
export { type LoggedCapacity, readLog } from "./capacity/log.ts";
export { oneRank, type Parallel, parallelMistake } from "./capacity/parallel.ts";
export { type Device, devices, loadTime, pinnedPerPod, poolTier, reuse, type Tier, tier } from "./capacity/tiers.ts";
export { bytesPerToken, globalBytesPerToken } from "./capacity/token-bytes.ts";
export { prefillPerDecode, type Transfer, transfer } from "./capacity/transfer.ts";
export {
  activation,
  cudaGraphs,
  nonTorch,
  parseVllmVersion,
  usualUtilization,
  type VllmVersion,
} from "./capacity/vllm-laws.ts";
export { weightsOf } from "./capacity/weights.ts";
export { type ConfigReading, shapeFromConfig } from "./catalogue/config-json.ts";
export { findGpu } from "./catalogue/find-gpu.ts";
export { type FoundModel, findModel } from "./catalogue/find-model.ts";
export type { Gpu, Price } from "./catalogue/gpu.ts";
export { gpus } from "./catalogue/gpus.ts";
export type { LayerGroup, ModelShape } from "./catalogue/model-shape.ts";
export { models } from "./catalogue/models.ts";
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

// HPA

// EPP
export type { Adapters, Endpoint, InferenceRequest } from "./epp/endpoint.ts";
export {
  type Filter,
  kvBelow,
  onlyReady,
  queueUpTo,
  type Refusal,
  type Role,
  roleFilter,
  servesModel,
  type UtilizationMetric,
  utilizationFilter,
} from "./epp/filter.ts";
export { type Pick, pickEndpoint, type RefusedEndpoint, type ScoredEndpoint, type ScorePart } from "./epp/pick.ts";
export { pickSentence } from "./epp/pick-sentence.ts";
export {
  amongTopPicker,
  maxScorePicker,
  type Picker,
  type Random,
  randomPicker,
  weightedRandomPicker,
} from "./epp/picker.ts";
export { defaultProfile, guideProfile, type Profile, type WeightedScorer } from "./epp/profile.ts";
export { eppReasons } from "./epp/reasons.ts";
export {
  type ConcurrencyLimits,
  concurrencyDetectorFilter,
  concurrencySaturation,
  detectorDefaults,
  noneGoodSaturation,
  type Saturation,
  saturationSentence,
  type UtilizationThresholds,
  utilizationDetectorFilter,
  utilizationSaturation,
} from "./epp/saturation.ts";
export {
  activeRequestScorer,
  kvScorer,
  loadAwareScorer,
  loraScorer,
  prefixScorer,
  queueScorer,
  runningScorer,
  type Scorer,
  tokenLoadScorer,
} from "./epp/scorer.ts";
export { defaultPolicies, type FilledBehavior, fillBehavior, type Rules } from "./hpa/behavior.ts";
export type {
  AbleToScaleReason,
  Condition,
  Conditions,
  ScalingActiveReason,
  SelectorProblem,
  UnreadReason,
} from "./hpa/conditions.ts";
export { type ControllerSettings, controllerDefaults, syncPeriodSeconds } from "./hpa/controller.ts";
export type { Observation } from "./hpa/course.ts";
export { type Hpa, hpaOf } from "./hpa/hpa.ts";
export { limitWithoutBehavior } from "./hpa/legacy-limit.ts";
export type { Limited, LimitReason } from "./hpa/limited.ts";
export { type PodsAverage, podsAverage } from "./hpa/metric/pods-average.ts";
export type { AverageProposal, Proposal, ProposalReason, Unread, UtilizationProposal } from "./hpa/metric/proposal.ts";
export type { NoReading, PodsReading, Reading, SeriesReading } from "./hpa/metric/reading.ts";
export { resourceUtilization, type Utilization } from "./hpa/metric/utilization.ts";
export {
  perPodUsage,
  type TargetAverage,
  type TargetValue,
  targetAverage,
  targetValue,
} from "./hpa/metric/whole-target.ts";
export { type Milli, milliOf } from "./hpa/milli.ts";
export {
  countPods,
  type GroupedPods,
  groupPods,
  type Pod,
  type PodCount,
  type PodGroup,
  type Sample,
} from "./hpa/pods.ts";
export { milliOfQuantity } from "./hpa/quantity.ts";
export {
  type Bounds,
  limitByBehavior,
  type RateLimit,
  type ScaleHistory,
  scaleDownLimit,
  scaleUpLimit,
} from "./hpa/rate.ts";
export { hpaReasons } from "./hpa/reasons.ts";
export { changeWithin, type ScaleEvent, storeEvent } from "./hpa/scale-events.ts";
export type {
  Behavior,
  ContainerResourceMetric,
  ExternalMetric,
  HpaSpec,
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
  ObjectMetric,
  PodsMetric,
  Policy,
  ResourceMetric,
  ScalingRules,
  SelectPolicy,
} from "./hpa/spec.ts";
export {
  type Recommendation,
  type Stabilized,
  stabilize,
  stabilizeScaleDown,
  type Windows,
} from "./hpa/stabilization.ts";
export { type HpaState, newState, restarted } from "./hpa/state.ts";
export { type Sync, sync } from "./hpa/sync.ts";
export { isWithin, type Tolerance, toleranceOf } from "./hpa/tolerance.ts";
export { admit } from "./hpa/validation/admit.ts";
export { type FieldError, fieldErrorText } from "./hpa/validation/field-error.ts";
export { type ValidationOptions, validationOptions } from "./hpa/validation/options.ts";
export type { ReferenceOptions } from "./hpa/validation/reference.ts";
export { type ServerFeatures, serverFeatures } from "./hpa/validation/server.ts";
export { validateSpec } from "./hpa/validation/validate.ts";
// KEDA
export { type Activity, activityOf } from "./keda/activity.ts";
export {
  type AdmissionCheck,
  type AdmissionProblem,
  admissionProblems,
  type TargetContainers,
} from "./keda/admission.ts";
export { type Pausing, pausingOf } from "./keda/annotations.ts";
export { type Answer, answerHpa } from "./keda/answer.ts";
export { type Cooldown, cooldownOf } from "./keda/cooldown.ts";
export { CronError } from "./keda/cron/error.ts";
export type { CronField } from "./keda/cron/field.ts";
export { nextFiring } from "./keda/cron/next.ts";
export { type CronSchedule, parseSchedule } from "./keda/cron/schedule.ts";
export { type CronWindow, cronReading, isInWindow, parseWindow } from "./keda/cron/window.ts";
export { fixedZone, utc, type Zone, type ZoneOffset } from "./keda/cron/zone.ts";
export {
  fallbackReplicas,
  type Health,
  hasValidFallback,
  type Replicas,
  type StandIn,
  standInFor,
} from "./keda/fallback.ts";
export { fallbackDecision } from "./keda/fallback-decision.ts";
export { FormulaError, type FormulaFault, formulaLimits } from "./keda/formula/error.ts";
export { compileFormula, evaluateFormula, type Formula } from "./keda/formula/formula.ts";
export { hpaBounds, hpaMadeFor, type MadeHpa } from "./keda/made-hpa.ts";
export { metricName } from "./keda/metric-name.ts";
export { nextPoll, type Poll, type PolledWorkload, poll, pollingDecides } from "./keda/poll.ts";
export { readPrometheus, type TriggerReading } from "./keda/reading.ts";
export { kedaReasons } from "./keda/reasons.ts";
export {
  compositeMetric,
  type Fallback,
  type FallbackBehavior,
  kedaDefaults,
  type ScaledObject,
  type ScaledObjectSpec,
  type ScalingModifiers,
  type Trigger,
  type TriggerMetricType,
} from "./keda/spec.ts";
export { activationOf, targetOf } from "./keda/trigger.ts";
export { type KedaFeatures, kedaFeatures, newestKeda } from "./keda/version.ts";

export { type EnvironmentName, scaleDownWindow, scaleUpFloor, usualWindows } from "./windows.ts";

// WVA: what llm-d's Workload Variant Autoscaler decides.
export {
  type CompositeSignals,
  compositeLaw,
  compositeSaturation,
  decideByComposite,
} from "./wva/composite.ts";
export { builtInEntry, builtInTokenThresholds, withDefaults, withTokenThresholds } from "./wva/config/defaults.ts";
export { type Degeneracy, degeneracies, setPoint, workableQueueTrigger } from "./wva/config/degenerate.ts";
export { goDuration } from "./wva/config/duration.ts";
export {
  type AnalyzerEntry,
  type LimiterEntry,
  type ScalingEntry,
  thresholdsOf,
  usesTokens,
} from "./wva/config/entry.ts";
export { mergeEntries } from "./wva/config/merge.ts";
export { type ModelName, overrideKey, resolveEntry, type ScalingEntries } from "./wva/config/resolve.ts";
export {
  defaultRetention,
  retentionOf,
  type ScaleToZero,
  type ScaleToZeroEntry,
  scaleToZeroOf,
} from "./wva/config/scale-to-zero.ts";
export { tellViolation, type Violation, validateEntry } from "./wva/config/validate.ts";
export { decideModel, type WvaCycleInput } from "./wva/cycle.ts";
export { type Enforcement, enforceZero, enforceZeroOnDecisions, type ZeroPolicy } from "./wva/enforce.ts";
export { shortAcceleratorName } from "./wva/limiter/accelerator.ts";
export { discoverGpus, type GpuInventory, type GpuPools, gpuInventory, takeGpus } from "./wva/limiter/inventory.ts";
export {
  allocateGreedily,
  type GpuAllocation,
  type GpuGrant,
  type GpuRequest,
  type LimitedGpus,
  limitByGpus,
  limitDecisions,
} from "./wva/limiter/limit.ts";
export { type ProfileRules, type WvaProfile, wvaProfiles } from "./wva/profiles.ts";
export {
  allocationCost,
  defaultSloMultiplier,
  inferredTargets,
  replicasFor,
  transitionCost,
} from "./wva/queueing/allocate.ts";
export { averagesOf, type QueueAverages, type QueueShape } from "./wva/queueing/chain.ts";
export {
  decodeTime,
  type IterationParameters,
  iterationLaw,
  iterationTime,
  prefillTime,
} from "./wva/queueing/iteration.ts";
export type { AverageState, Latencies, ServiceLaw, Workload } from "./wva/queueing/law.ts";
export { type LegacyParameters, legacyDecodeTime, legacyLaw, legacyPrefillTime } from "./wva/queueing/legacy.ts";
export { performanceAt, type QueuePerformance, type ReplicaQueue, replicaQueue } from "./wva/queueing/queue.ts";
export { type ServiceTargets, type SizedRate, sizeReplica } from "./wva/queueing/size.ts";
export { type WvaReasonId, wvaReasons } from "./wva/reasons.ts";
export { type InactiveVariant, scaleFromZero, scaleFromZeroInterval } from "./wva/scale-from-zero.ts";
export {
  analyzeSaturation,
  isSaturated,
  type SaturationAnalysis,
  type SaturationThresholds,
  type VariantSaturation,
} from "./wva/v1/analyze.ts";
export { type Arbitration, type ArbitrationInput, arbitrate } from "./wva/v1/arbitrate.ts";
export { collectReplicas, type ScrapedReplica } from "./wva/v1/collect.ts";
export { blockingVariants, type DecidedCycle, runSaturation, type SaturationInput } from "./wva/v1/cycle.ts";
export { saturationDecisions } from "./wva/v1/explain.ts";
export { type ScalingSignals, saturationTargets, type TargetChoice, type TargetLaw } from "./wva/v1/targets.ts";
export {
  analyzeTokens,
  type ReplicaTokens,
  type SchedulerQueue,
  type TokenAnalysis,
  type TokenInput,
  type TokenThresholds,
  type VariantCapacity,
} from "./wva/v2/analyze.ts";
export { runTokens } from "./wva/v2/cycle.ts";
export {
  type EngineContainer,
  type EngineParameters,
  engineParameters,
  sameCapacity,
} from "./wva/v2/engine-arguments.ts";
export {
  estimateCapacity,
  integerMedian,
  type OutputBucket,
  outputBucket,
  type RequestTokens,
  type StepLimits,
} from "./wva/v2/estimate.ts";
export { type DecidedTokens, tokenDecisions } from "./wva/v2/explain.ts";
export { type CapacityRecord, noKnowledge, recordFromManifest, type TokenKnowledge } from "./wva/v2/knowledge.ts";
export { type CapacityGap, optimizeCost, type SizedVariant } from "./wva/v2/optimize.ts";
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
} from "./wva/variant.ts";
