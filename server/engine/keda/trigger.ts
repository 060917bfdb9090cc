import { floatOf } from "./float.ts";
import type { ScaledObjectSpec, Trigger } from "./spec.ts";

/** Which keys of a trigger's metadata hold what it aims at and what wakes it. */
interface TriggerKeys {
  readonly target: string;
  readonly targetByDefault?: number;
  readonly activation: string;
}

/** Source: KEDA's scalers schema, 2.20; `useCachedMetrics` and resources of pods apart. */
const keys: ReadonlyMap<string, TriggerKeys> = new Map([
  ["prometheus", { target: "threshold", activation: "activationThreshold" }],
  ["metrics-api", { target: "targetValue", activation: "activationTargetValue" }],
  ["kubernetes-workload", { target: "value", activation: "activationValue" }],
  ["kubernetes-resource", { target: "targetValue", activation: "activationTargetValue" }],
  ["kafka", { target: "lagThreshold", targetByDefault: 10, activation: "activationLagThreshold" }],
  ["nats-jetstream", { target: "lagThreshold", targetByDefault: 10, activation: "activationLagThreshold" }],
  ["rabbitmq", { target: "value", activation: "activationValue" }],
  ["redis", { target: "listLength", targetByDefault: 5, activation: "activationListLength" }],
  ["aws-sqs-queue", { target: "queueLength", targetByDefault: 5, activation: "activationQueueLength" }],
  ["gcp-pubsub", { target: "value", targetByDefault: 10, activation: "activationValue" }],
]);

/** Measured by the metrics server of the cluster, not by KEDA. */
export function isResourceTrigger({ type }: Pick<Trigger, "type">): boolean {
  return type === "cpu" || type === "memory";
}

export function hasOnlyResourceTriggers({ triggers }: ScaledObjectSpec): boolean {
  return triggers.every(isResourceTrigger);
}

/** What a trigger aims at for each replica, or in all with type Value. Undefined: not readable, or a type not known here. */
export function targetOf(trigger: Trigger): number | undefined {
  if (trigger.type === "cron") return 1;
  const of = keys.get(trigger.type);
  if (of === undefined) return undefined;
  const written = metadataOf(trigger, of.target);
  return written === undefined ? of.targetByDefault : floatOf(written);
}

/** The key of a trigger's metadata that holds its target; undefined for a type that is not known here. */
export function targetKeyOf(type: string): string | undefined {
  return keys.get(type)?.target;
}

export function activationKeyOf(type: string): string | undefined {
  return keys.get(type)?.activation;
}

/** A trigger is active above this value, not at it. */
export function activationOf(trigger: Trigger): number {
  const of = keys.get(trigger.type);
  return (of === undefined ? undefined : floatOf(metadataOf(trigger, of.activation))) ?? 0;
}

/** Metadata is the user's: a key may be called `__proto__`. */
export function metadataOf({ metadata }: Trigger, key: string): string | undefined {
  const value = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
  return value === "" ? undefined : value;
}

/** What formulas may call: the triggers that have a name and are no resource of pods. */
export function formulaNames({ triggers }: ScaledObjectSpec): readonly string[] {
  return triggers.flatMap((trigger) => (trigger.name && !isResourceTrigger(trigger) ? [trigger.name] : []));
}
