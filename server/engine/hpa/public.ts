// What the HorizontalPodAutoscaler controller decides and what the API server accepts.
export { defaultPolicies, type FilledBehavior, fillBehavior, type Rules } from "./behavior.ts";
export type {
  AbleToScaleReason,
  Condition,
  Conditions,
  ScalingActiveReason,
  SelectorProblem,
  UnreadReason,
} from "./conditions.ts";
export { type ControllerSettings, controllerDefaults, syncPeriodSeconds } from "./controller.ts";
export type { Observation } from "./course.ts";
export { type Hpa, hpaOf } from "./hpa.ts";
export { limitWithoutBehavior } from "./legacy-limit.ts";
export type { Limited, LimitReason } from "./limited.ts";
export { type PodsAverage, podsAverage } from "./metric/pods-average.ts";
export type { AverageProposal, Proposal, ProposalReason, Unread, UtilizationProposal } from "./metric/proposal.ts";
export type { NoReading, PodsReading, Reading, SeriesReading } from "./metric/reading.ts";
export { resourceUtilization, type Utilization } from "./metric/utilization.ts";
export {
  perPodUsage,
  type TargetAverage,
  type TargetValue,
  targetAverage,
  targetValue,
} from "./metric/whole-target.ts";
export { type Milli, milliOf } from "./milli.ts";
export {
  countPods,
  type GroupedPods,
  groupPods,
  type Pod,
  type PodCount,
  type PodGroup,
  type Sample,
} from "./pods.ts";
export { milliOfQuantity } from "./quantity.ts";
export {
  type Bounds,
  limitByBehavior,
  type RateLimit,
  type ScaleHistory,
  scaleDownLimit,
  scaleUpLimit,
} from "./rate.ts";
export { hpaReasons } from "./reasons.ts";
export { changeWithin, type ScaleEvent, storeEvent } from "./scale-events.ts";
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
} from "./spec.ts";
export {
  type Recommendation,
  type Stabilized,
  stabilize,
  stabilizeScaleDown,
  type Windows,
} from "./stabilization.ts";
export { type HpaState, newHpaState, restartedHpa } from "./state.ts";
export { type HpaSync, syncHpa } from "./sync.ts";
export { isWithin, type Tolerance, toleranceOf } from "./tolerance.ts";
export { admitHpa } from "./validation/admit.ts";
export { type FieldError, fieldErrorText } from "./validation/field-error.ts";
export { type ValidationOptions, validationOptions } from "./validation/options.ts";
export type { ReferenceOptions } from "./validation/reference.ts";
export { type ServerFeatures, serverFeatures } from "./validation/server.ts";
export { validateSpec } from "./validation/validate.ts";
