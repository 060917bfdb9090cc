// HPA

export { type ConcurrencyLimits, detectorDefaults, type UtilizationThresholds } from "./epp/detector.ts";
export { concurrencyDetectorFilter, utilizationDetectorFilter } from "./epp/detector-filter.ts";
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
export { defaultProfile, guideProfile, type SchedulingProfile, type WeightedScorer } from "./epp/profile.ts";
export { eppReasons } from "./epp/reasons.ts";
export {
  concurrencySaturation,
  noneGoodSaturation,
  type PoolSaturation,
  saturationSentence,
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
export { admissionProblems, type TargetContainers } from "./keda/admission.ts";
export type { AdmissionCheck, AdmissionProblem } from "./keda/admission-problem.ts";
export { type Pausing, pausingOf } from "./keda/annotations.ts";
export { answerHpa, type MetricAnswer } from "./keda/answer.ts";
export { type Cooldown, cooldownOf } from "./keda/cooldown.ts";
export { CronError } from "./keda/cron/error.ts";
export type { CronField } from "./keda/cron/field.ts";
export { nextFiring } from "./keda/cron/next.ts";
export { type CronSchedule, parseSchedule } from "./keda/cron/schedule.ts";
export { type CronWindow, cronReading, isInWindow, parseWindow } from "./keda/cron/window.ts";
export { fixedZone, utc, type Zone, type ZoneOffset } from "./keda/cron/zone.ts";
export {
  fallbackReplicas,
  hasValidFallback,
  type StandIn,
  standInFor,
  type TargetReplicas,
  type TriggerHealth,
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
