import type { Fallback, ScaledObject, ScaledObjectSpec, ScalingModifiers, Trigger } from "../engine/keda/spec.ts";
import type { ScaledObjectView } from "../kinds/keda/scaled-object.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Node } from "../text/node.ts";
import { at, entriesAt, isNull, itemsAt, mapAt, numberAt, resolve, scalarAt, stringAt } from "../text/read.ts";
import { resolvePlain } from "../text/values/truth.ts";

export type ScaledObjectAt = StackObject<ScaledObjectView>;

/** A ScaledObject in the engine's words. What cannot be read is left out; ask `isUnread` before you build on its absence. */
export function asApplied({ root, name }: ScaledObjectAt): ScaledObject {
  const count = (key: string) => numberAt(root, "spec", key)?.value;
  const hpaName = stringAt(root, "spec", "advanced", "horizontalPodAutoscalerConfig", "name")?.value;
  return {
    name: name?.value ?? "",
    annotations: strings(at(root, "metadata", "annotations")),
    spec: withoutGaps({
      minReplicaCount: count("minReplicaCount"),
      maxReplicaCount: count("maxReplicaCount"),
      idleReplicaCount: count("idleReplicaCount"),
      pollingInterval: count("pollingInterval"),
      cooldownPeriod: count("cooldownPeriod"),
      initialCooldownPeriod: count("initialCooldownPeriod"),
      triggers: itemsAt(root, "spec", "triggers").map(triggerOf),
      fallback: fallbackOf(at(root, "spec", "fallback")),
      advanced: withoutGaps({
        scalingModifiers: modifiersOf(at(root, "spec", "advanced", "scalingModifiers")),
        horizontalPodAutoscalerConfig: hpaName === undefined ? undefined : { name: hpaName },
      }),
    }) as ScaledObjectSpec,
  };
}

/** One trigger in the engine's words. */
export function triggerOf(node: Node): Trigger {
  const cached = scalarAt(node, "useCachedMetrics");
  return withoutGaps({
    type: stringAt(node, "type")?.value ?? "",
    name: stringAt(node, "name")?.value,
    metricType: stringAt(node, "metricType")?.value,
    metadata: strings(at(node, "metadata")),
    useCachedMetrics: cached?.style === "plain" && resolvePlain(cached.text) === true ? true : undefined,
  }) as Trigger;
}

function fallbackOf(node: Node | undefined): Fallback | undefined {
  const failureThreshold = numberAt(node, "failureThreshold")?.value;
  const replicas = numberAt(node, "replicas")?.value;
  if (failureThreshold === undefined || replicas === undefined) return undefined;
  return withoutGaps({ failureThreshold, replicas, behavior: stringAt(node, "behavior")?.value }) as Fallback;
}

function modifiersOf(node: Node | undefined): ScalingModifiers | undefined {
  if (mapAt(node) === undefined) return undefined;
  return withoutGaps(
    Object.fromEntries(
      ["formula", "target", "activationTarget", "metricType"].map((key) => [key, stringAt(node, key)?.value]),
    ),
  ) as ScalingModifiers;
}

/** Without a prototype: keys are the user's. */
function strings(node: Node | undefined): Readonly<Record<string, string>> {
  const found: Record<string, string> = Object.create(null);
  for (const { key } of entriesAt(node)) {
    const value = stringAt(node, key.text)?.value;
    if (value !== undefined) found[key.text] = value;
  }
  return found;
}

function withoutGaps(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Whether something stands at a path that cannot be read: it is filled in later, or is of another type. */
export function isUnread(root: Node | undefined, ...path: string[]): boolean {
  const node = at(root, ...path);
  if (node === undefined) return false;
  const found = resolve(node);
  if (found?.type === "scalar" && isNull(found)) return false;
  return numberAt(node) === undefined;
}

/** Enough of a ScaledObject that what is not in it may be called left out. */
export function isWhole({ view, root }: ScaledObjectAt): boolean {
  return view.target !== undefined && view.triggers.length > 0 && itemsAt(root, "spec", "triggers").length > 0;
}

/** The value at a path of keys and indices, and how much of the path is there. */
export function nodeAtKeys(root: Node, keys: readonly (string | number)[]): Node | undefined {
  let found: Node | undefined = root;
  for (const key of keys) found = typeof key === "number" ? itemsAt(found)[key] : at(found, key);
  return found;
}
