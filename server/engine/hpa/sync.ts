import type { Decision } from "../decision/decision.ts";
import type { AbleToScaleReason, Conditions, ScalingActiveReason } from "./conditions.ts";
import { type Course, follow, type Observation } from "./course.ts";
import { explain } from "./explain/explain.ts";
import type { Hpa } from "./hpa.ts";
import { storeEvent } from "./scale-events.ts";
import type { HpaState } from "./state.ts";

export interface HpaSync {
  /** What `scale.spec.replicas` is after it. */
  readonly replicas: number;
  readonly conditions: Conditions;
  /** For the next sync. */
  readonly state: HpaState;
  readonly decision: Decision;
}

/** One pass of the HorizontalPodAutoscaler controller over one HPA (pkg/controller/podautoscaler/horizontal.go reconcileAutoscaler). */
export function syncHpa(hpa: Hpa, observation: Observation, state: HpaState): HpaSync {
  const { specReplicas, now } = observation;
  const log = state.recommendations ?? [{ replicas: specReplicas, at: now }];
  const course = follow(hpa, observation, state, log);
  const conditions = conditionsOf(hpa, course, specReplicas);
  return {
    replicas: course.replicas,
    conditions,
    state: nextState(hpa, course, conditions, observation, state),
    decision: explain(hpa, course, observation, state),
  };
}

function conditionsOf(hpa: Hpa, course: Course, specReplicas: number): Conditions {
  const { stabilized, limited, replicas } = course;
  const rescaled = replicas !== specReplicas;
  const active = activeReason(hpa, course);
  return {
    ableToScale: { status: true, reason: rescaled ? "SucceededRescale" : ableReason(hpa, course, specReplicas) },
    scalingActive: active === undefined ? undefined : { status: active === "ValidMetricFound", reason: active },
    scalingLimited: limited && { status: limited.replicas !== stabilized, reason: limited.reason },
    scaledToZero:
      rescaled && hpa.settings.wakesFromZero === "condition" ? zeroCondition(hpa, specReplicas, replicas) : undefined,
  };
}

function ableReason({ behavior }: Hpa, { path, wanted, stabilized }: Course, specReplicas: number): AbleToScaleReason {
  if (path !== "metrics") return "SucceededGetScale";
  if (stabilized === wanted) return "ReadyForNewScale";
  return behavior !== undefined && wanted >= specReplicas ? "ScaleUpStabilized" : "ScaleDownStabilized";
}

function activeReason({ metrics }: Hpa, { path, combined }: Course): ScalingActiveReason | undefined {
  switch (path) {
    case "disabled":
      return "ScalingDisabled";
    case "InvalidSelector":
    case "AmbiguousSelector":
      return path;
    case "blocked":
      return metrics[combined?.unread ?? 0]?.failure;
    case "metrics":
      return metrics.length === 0 ? undefined : "ValidMetricFound";
    default:
      return undefined;
  }
}

function zeroCondition({ metrics }: Hpa, from: number, to: number): Conditions["scaledToZero"] {
  const byItself = from > 0 && to === 0 && metrics.some(({ seesWithoutPods }) => seesWithoutPods);
  return byItself ? { status: true, reason: "ScaledToZero" } : { status: false, reason: "NotScaledToZero" };
}

/** An event is kept only for policies to count. */
function nextState(
  { behavior }: Hpa,
  { replicas, log }: Course,
  { scaledToZero }: Conditions,
  { specReplicas, now }: Observation,
  { ups, downs, scaledToZero: before }: HpaState,
): HpaState {
  const change = behavior === undefined ? 0 : replicas - specReplicas;
  return {
    recommendations: log,
    ups: behavior !== undefined && change > 0 ? storeEvent(ups, change, behavior.scaleUp.policies, now) : ups,
    downs: behavior !== undefined && change < 0 ? storeEvent(downs, -change, behavior.scaleDown.policies, now) : downs,
    scaledToZero: scaledToZero?.status ?? before,
  };
}
