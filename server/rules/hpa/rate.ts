import { type FilledBehavior, fillBehavior, type Rules } from "../../engine/hpa/behavior.ts";
import { controllerDefaults, syncPeriodSeconds } from "../../engine/hpa/controller.ts";
import { limitByBehavior, scaleDownLimit } from "../../engine/hpa/rate.ts";
import { type ScaleEvent, storeEvent } from "../../engine/hpa/scale-events.ts";
import type { Policy, SelectPolicy, ScalingRules as Written } from "../../engine/hpa/spec.ts";
import { kedaDefaults } from "../../engine/keda/spec.ts";
import { longestWindow } from "../../engine/windows.ts";
import type { ScalingRules } from "../../kinds/hpa/behavior.ts";
import type { HpaView } from "../../kinds/hpa/kind.ts";
import type { ScaledObjectView } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { at, itemsAt, numberAt } from "../../text/read.ts";

export type Autoscaler = StackObject<HpaView> | StackObject<ScaledObjectView>;
export type Direction = "scaleUp" | "scaleDown";

/** The policies of one direction as they are written. */
export interface WrittenPolicies {
  readonly policies: readonly Policy[];
  readonly selectPolicy: SelectPolicy;
}

/** Absent where none are written, or one of them cannot be read or breaks a rule of the API. */
export function writtenPolicies(rules: ScalingRules | undefined): WrittenPolicies | undefined {
  const items = itemsAt(rules?.node, "policies");
  const policies = (rules?.policies ?? []).flatMap(({ type, value, node }) => {
    const period = numberAt(node, "periodSeconds");
    if ((type !== "Pods" && type !== "Percent") || value === undefined || period === undefined) return [];
    const valid = isWhole(value.value) && isWhole(period.value) && period.value <= longestPeriod;
    return valid ? [{ type, value: value.value, periodSeconds: period.value } as const] : [];
  });
  const chosen = rules?.selectPolicy?.value ?? "Max";
  if (policies.length === 0 || policies.length !== items.length || rules?.unread === true) return undefined;
  return chosen === "Max" || chosen === "Min" || chosen === "Disabled" ? { policies, selectPolicy: chosen } : undefined;
}

/** autoscaling/v2 validation: MaxPeriodSeconds. */
export const longestPeriod = 1800;

function isWhole(value: number): boolean {
  return Number.isInteger(value) && value > 0 && value < 2 ** 31;
}

/** Whether a direction says nothing of policies, so that the defaults hold. */
export function hasNoPolicies(object: Autoscaler, direction: Direction): boolean {
  return at(object.root, ...object.view.behaviorPath, direction, "policies") === undefined;
}

/** Fewest and most replicas of the HPA, with the defaults of Kubernetes and KEDA; absent where one cannot be read. */
export function boundsOf({ root, view }: Autoscaler): { readonly min: number; readonly max: number } | undefined {
  const isHpa = "metrics" in view;
  const [minKey, maxKey] = isHpa ? ["minReplicas", "maxReplicas"] : ["minReplicaCount", "maxReplicaCount"];
  const unread = [
    [minKey, view.minReplicas],
    [maxKey, view.maxReplicas],
  ].some(([key, value]) => value === undefined && at(root, "spec", key as string) !== undefined);
  const max = view.maxReplicas?.value ?? (isHpa ? undefined : kedaDefaults.maxReplicaCount);
  const min = Math.max(1, view.minReplicas?.value ?? 1);
  return unread || max === undefined || max < min ? undefined : { min, max };
}

/** How many replicas there may be so many seconds after the first order, if the metric asks for all of them. */
export function grown(from: number, max: number, written: WrittenPolicies, seconds: number): number {
  const behavior = filled({ scaleUp: written });
  const bounds = { minReplicas: 1, maxReplicas: max };
  let replicas = from;
  let ups: readonly ScaleEvent[] = [];
  for (let now = 0; now < Math.min(seconds, longestWindow) && replicas < max; now += syncPeriodSeconds) {
    const next = limitByBehavior(replicas, max, bounds, behavior, { ups, downs: [] }, now).replicas;
    if (next > replicas) ups = storeEvent(ups, next - replicas, written.policies, now);
    replicas = Math.max(replicas, next);
  }
  return replicas;
}

/** The fewest replicas that one sync may leave of so many. */
export function leftOf(from: number, written: WrittenPolicies | undefined): number {
  const rules: Rules = filled(written === undefined ? {} : { scaleDown: written }).scaleDown;
  return Math.max(0, scaleDownLimit(from, rules, { ups: [], downs: [] }, 0).replicas);
}

function filled(behavior: { readonly scaleUp?: Written; readonly scaleDown?: Written }): FilledBehavior {
  return fillBehavior(behavior, controllerDefaults);
}

/** A period in which a pod may be added or removed: a start, at least a minute. */
export function unhurried(startSeconds: number): number {
  return Math.min(longestPeriod, Math.max(60, Math.ceil(startSeconds)));
}
