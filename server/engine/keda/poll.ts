import type { Candidate, Comparison, Decision, Hold, Reason } from "../decision/decision.ts";
import { type Seconds, seconds } from "../units.ts";
import { type Activity, activityOf } from "./activity.ts";
import { pausingOf } from "./annotations.ts";
import { cooldownOf } from "./cooldown.ts";
import type { TargetReplicas, TriggerHealth } from "./fallback.ts";
import type { FormulaError } from "./formula/error.ts";
import { isOurs } from "./observe.ts";
import type { TriggerReading } from "./reading.ts";
import { kedaReasons } from "./reasons.ts";
import { kedaDefaults, type ScaledObject, type ScaledObjectSpec } from "./spec.ts";
import { kedaFeatures, newestKeda } from "./version.ts";

/** A ScaledObject and its target at the moment of a poll. Times are counted from any moment, all from the same. */
export interface PolledWorkload extends TargetReplicas {
  readonly now: Seconds;
  /** When the ScaledObject was created. */
  readonly created: Seconds;
  /** When a trigger was last seen active. Absent: never. */
  readonly lastActive?: Seconds;
  readonly health: TriggerHealth;
}

export interface Poll {
  readonly decision: Decision;
  readonly lastActive?: Seconds;
  readonly health: TriggerHealth;
  /** The conditions Ready and Active; Ready is left as it is where KEDA does not get as far. */
  readonly ready: "True" | "False" | "Unknown";
  readonly active: "True" | "False" | "Unknown";
}

/**
 * One turn of KEDA's polling loop: it only wakes from zero (or idle) and puts to rest; between minimum and maximum the HPA decides.
 * `readings` stand in the order of the triggers. Source: keda pkg/scaling/executor/scale_scaledobjects.go, RequestScale.
 */
export function poll(
  scaledObject: ScaledObject,
  workload: PolledWorkload,
  readings: readonly (TriggerReading | undefined)[],
  kedaMinor: number = newestKeda,
): Poll {
  const pausing = pausingOf(scaledObject);
  if (pausing.all) return paused(scaledObject, workload, pausing.atReplicas);
  const activity = activityOf(scaledObject.spec, readings, workload, kedaFeatures(kedaMinor));
  const { formulaError } = activity;
  const active = activity.active || pausing.forced;
  const step = formulaError
    ? withoutFormula(workload, formulaError)
    : active
      ? whenActive(scaledObject, workload, activity)
      : whenInactive(scaledObject, workload, activity);
  const lastActive = step.lastActive ?? workload.lastActive;
  return {
    decision: decided(scaledObject, workload, step),
    health: activity.health,
    ready: step.ready ?? "True",
    active: formulaError ? "Unknown" : active ? "True" : "False",
    ...(lastActive === undefined ? {} : { lastActive }),
  };
}

/** The loop has a say only over going to rest: with a minimum and no idle count the HPA does all. */
export function pollingDecides({ minReplicaCount, idleReplicaCount }: ScaledObjectSpec): boolean {
  return idleReplicaCount !== undefined || (minReplicaCount ?? kedaDefaults.minReplicaCount) === 0;
}

/** When the next poll is due. */
export function nextPoll({ pollingInterval }: ScaledObjectSpec, last: Seconds): Seconds {
  return seconds(last + (pollingInterval ?? kedaDefaults.pollingInterval));
}

interface Step {
  readonly to: number;
  readonly reason: Reason;
  readonly compared?: readonly Comparison[];
  readonly held?: readonly Hold[];
  readonly lost?: readonly Candidate[];
  readonly lastActive?: Seconds;
  readonly ready?: "False" | "Unknown";
}

function withoutFormula({ replicas }: TargetReplicas, error: FormulaError): Step {
  return isOurs(error)
    ? { to: replicas, reason: kedaReasons.notEvaluated, ready: "Unknown" }
    : { to: replicas, reason: kedaReasons.notCompiled, ready: "False" };
}

function whenActive(scaledObject: ScaledObject, { replicas, now }: PolledWorkload, activity: Activity): Step {
  const { spec } = scaledObject;
  const minimum = spec.minReplicaCount ?? kedaDefaults.minReplicaCount;
  const { scaleOut, forced } = pausingOf(scaledObject);
  const because = { compared: activity.above, lost: activity.inactive };
  if (replicas === 0 || (spec.idleReplicaCount !== undefined && replicas < minimum)) {
    const to = Math.max(1, minimum);
    const reason = activity.active ? kedaReasons.activated : kedaReasons.forced;
    if (!scaleOut) return { to, reason, ...because, lastActive: now };
    return { to: replicas, reason, ...because, held: [{ by: "paused-scale-out", wanted: to, allowed: replicas }] };
  }
  if (activity.error) return { to: replicas, reason: kedaReasons.partlyFailing, ...because, ready: "Unknown" };
  const reason = activity.active || !forced ? kedaReasons.active : kedaReasons.forced;
  return { to: replicas, reason, ...because, lastActive: now };
}

function whenInactive(scaledObject: ScaledObject, workload: PolledWorkload, activity: Activity): Step {
  const { spec } = scaledObject;
  const { replicas } = workload;
  const { idleReplicaCount: idle, fallback } = spec;
  const minimum = spec.minReplicaCount ?? kedaDefaults.minReplicaCount;
  const lost = activity.inactive;
  if (activity.error && fallback !== undefined && fallback.replicas !== 0) {
    return { to: replicas, reason: kedaReasons.waitsForFallback, lost };
  }
  if (activity.error && fallback === undefined)
    return { to: replicas, reason: kedaReasons.failing, lost, ready: "False" };
  if ((idle !== undefined && replicas > idle) || (replicas > 0 && minimum === 0)) {
    return toRest(scaledObject, workload, activity, idle ?? minimum);
  }
  if (idle === undefined && replicas < minimum) {
    const below: Comparison = {
      left: { name: "replicas", value: replicas },
      relation: "<",
      right: { name: "minReplicaCount", value: minimum },
    };
    return { to: minimum, reason: kedaReasons.raised, compared: [below] };
  }
  return { to: replicas, reason: kedaReasons.unchanged, compared: activity.below };
}

function toRest(scaledObject: ScaledObject, workload: PolledWorkload, activity: Activity, to: number): Step {
  const { replicas } = workload;
  const reason = kedaReasons.deactivated;
  const held = (by: string, forSeconds?: number): Step => ({
    to: replicas,
    reason,
    compared: activity.below,
    held: [{ by, wanted: to, allowed: replicas, ...(forSeconds === undefined ? {} : { forSeconds }) }],
  });
  if (pausingOf(scaledObject).scaleIn) return held("paused-scale-in");
  const { by, quiet, period } = cooldownOf(scaledObject.spec, workload);
  // At the very end of the period it still holds (Go's Before).
  if (quiet <= period) return held(by, period - quiet);
  const over: Comparison = {
    left: { name: "quiet for", value: quiet, unit: "s" },
    relation: ">",
    right: { name: by, value: period, unit: "s" },
  };
  return { to, reason, compared: [...activity.below, over] };
}

function paused(scaledObject: ScaledObject, workload: PolledWorkload, at: number | "unreadable" | undefined): Poll {
  const { replicas, health, lastActive } = workload;
  const step: Step =
    at === undefined
      ? { to: replicas, reason: kedaReasons.paused }
      : at === "unreadable"
        ? { to: replicas, reason: kedaReasons.pausedUnreadable }
        : { to: at, reason: kedaReasons.pausedAtReplicas };
  const decision = decided(scaledObject, workload, step);
  return { decision, health, ready: "True", active: "Unknown", ...(lastActive === undefined ? {} : { lastActive }) };
}

function decided({ name }: ScaledObject, { replicas }: TargetReplicas, step: Step): Decision {
  const { to, reason, compared = [], held = [], lost = [] } = step;
  return { controller: "keda", subject: name, from: replicas, to, reason, compared, held, lost };
}
