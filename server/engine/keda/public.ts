// What KEDA decides and makes.
export { type Activity, activityOf } from "./activity.ts";
export { admissionProblems, type TargetContainers } from "./admission.ts";
export type { AdmissionCheck, AdmissionProblem } from "./admission-problem.ts";
export { type Pausing, pausingOf } from "./annotations.ts";
export { answerHpa, type MetricAnswer } from "./answer.ts";
export { type Cooldown, cooldownOf } from "./cooldown.ts";
export { CronError } from "./cron/error.ts";
export type { CronField } from "./cron/field.ts";
export { nextFiring } from "./cron/next.ts";
export { type CronSchedule, parseSchedule } from "./cron/schedule.ts";
export { type CronWindow, cronReading, isInWindow, parseWindow } from "./cron/window.ts";
export { fixedZone, utc, type Zone, type ZoneOffset } from "./cron/zone.ts";
export {
  fallbackReplicas,
  hasValidFallback,
  type StandIn,
  standInFor,
  type TargetReplicas,
  type TriggerHealth,
} from "./fallback.ts";
export { fallbackDecision } from "./fallback-decision.ts";
export { FormulaError, type FormulaFault, formulaLimits } from "./formula/error.ts";
export { compileFormula, evaluateFormula, type Formula } from "./formula/formula.ts";
export { hpaBounds, hpaMadeFor, type MadeHpa } from "./made-hpa.ts";
export { metricName } from "./metric-name.ts";
export { nextPoll, type Poll, type PolledWorkload, poll, pollingDecides } from "./poll.ts";
export { readPrometheus, type TriggerReading } from "./reading.ts";
export { kedaReasons } from "./reasons.ts";
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
} from "./spec.ts";
export { activationOf, targetOf } from "./trigger.ts";
export { type KedaFeatures, kedaFeatures, newestKeda } from "./version.ts";
