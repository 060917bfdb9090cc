// HPA
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
export { type HpaState, newHpaState, restartedHpa } from "./hpa/state.ts";
export { type HpaSync, syncHpa } from "./hpa/sync.ts";
export { isWithin, type Tolerance, toleranceOf } from "./hpa/tolerance.ts";
export { admitHpa } from "./hpa/validation/admit.ts";
export { type FieldError, fieldErrorText } from "./hpa/validation/field-error.ts";
export { type ValidationOptions, validationOptions } from "./hpa/validation/options.ts";
export type { ReferenceOptions } from "./hpa/validation/reference.ts";
export { type ServerFeatures, serverFeatures } from "./hpa/validation/server.ts";
export { validateSpec } from "./hpa/validation/validate.ts";

export { type EnvironmentName, scaleDownWindow, scaleUpFloor, usualWindows } from "./windows.ts";
