import type { Hold } from "../../decision/decision.ts";
import type { FilledBehavior } from "../behavior.ts";
import type { Course, Observation } from "../course.ts";
import type { Hpa } from "../hpa.ts";
import type { Limited } from "../limited.ts";
import type { ScaleEvent } from "../scale-events.ts";
import { secondsHeld } from "../stabilization.ts";
import type { HpaState } from "../state.ts";

/** What stood between the metrics and the count, in the order in which it did. */
export function holds(hpa: Hpa, course: Course, observation: Observation, state: HpaState): readonly Hold[] {
  const { wanted, stabilized, limited, replicas } = course;
  const held: Hold[] = [];
  if (stabilized !== wanted) held.push(stabilizationHold(hpa, course, observation.now));
  if (limited !== undefined && limited.replicas !== stabilized)
    held.push(limitHold(hpa, limited, stabilized, observation, state));
  if (limited !== undefined && replicas !== limited.replicas)
    held.push({ by: "minReplicas", wanted: limited.replicas, allowed: replicas });
  return held;
}

function stabilizationHold({ behavior, settings }: Hpa, { wanted, stabilized, log }: Course, now: number): Hold {
  const up = stabilized < wanted;
  const windowSeconds =
    behavior === undefined
      ? settings.downscaleStabilizationSeconds
      : behavior[up ? "scaleUp" : "scaleDown"].windowSeconds;
  const by = `${up ? "scaleUp" : "scaleDown"}.stabilizationWindowSeconds`;
  const forSeconds = secondsHeld(up ? "up" : "down", stabilized, windowSeconds, log, now);
  // Without a behavior the window is a flag of the controller.
  return {
    by: behavior === undefined ? "the controller's downscale-stabilization" : by,
    wanted,
    allowed: stabilized,
    forSeconds,
  };
}

function limitHold(
  { behavior }: Hpa,
  { replicas, reason, policy }: Limited,
  wanted: number,
  { now }: Observation,
  state: HpaState,
): Hold {
  const hold = { wanted, allowed: replicas };
  if (reason === "TooManyReplicas") return { by: "maxReplicas", ...hold };
  if (reason === "TooFewReplicas") return { by: "minReplicas", ...hold };
  if (behavior === undefined) return { by: "the limit of one step without a behavior", ...hold };
  const direction = reason === "ScaleUpLimit" ? "scaleUp" : "scaleDown";
  return { ...policyHold(behavior, direction, policy, state, now), ...hold };
}

/** A policy lets go when the oldest change of its period leaves it; with none in it, when the change of this sync does. */
function policyHold(
  behavior: FilledBehavior,
  direction: "scaleUp" | "scaleDown",
  policy: number | undefined,
  { ups, downs }: HpaState,
  now: number,
): Pick<Hold, "by" | "forSeconds"> {
  const { policies, policiesDefaulted, selectPolicy } = behavior[direction];
  const chosen = policies[policy ?? -1];
  if (chosen === undefined)
    return { by: selectPolicy === "Disabled" ? `${direction}.selectPolicy` : `${direction}.policies` };
  const { periodSeconds } = chosen;
  const counted = (events: readonly ScaleEvent[]) => events.filter(({ at }) => at > now - periodSeconds);
  const oldest = counted(direction === "scaleUp" ? ups : downs).reduce((least, { at }) => Math.min(least, at), now);
  return {
    by: `${policiesDefaulted ? "the default " : ""}${direction}.policies[${policy}]`,
    forSeconds: oldest + periodSeconds - now,
  };
}
