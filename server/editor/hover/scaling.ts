import { type Behavior, defaultWindow, type ScalingRules } from "../../kinds/hpa/behavior.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import { type ScaledObjectView, scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { at, numberAt, stringAt } from "../../text/read.ts";
import type { Cursor } from "../completion/cursor.ts";
import { type Effective, inEffect } from "./in-effect.ts";
import { code } from "./markdown.ts";

type Direction = keyof Behavior;

const words = {
  scaleUp: { way: "up", recommendation: "lowest", selected: "adds" },
  scaleDown: { way: "down", recommendation: "highest", selected: "removes" },
} as const satisfies Record<Direction, object>;
const directions: readonly Direction[] = ["scaleUp", "scaleDown"];

/** Steps of autoscaling/v2 where none are written (pkg/apis/autoscaling/v2/defaults.go). */
const defaultPolicies = {
  scaleUp: ["4 pods in 15 s", "100 % of the pods in 15 s"],
  scaleDown: ["100 % of the pods in 15 s"],
} as const;

/** What an HPA or a ScaledObject does with what nobody wrote included. */
export function scalingInEffect({ object, path, under }: Cursor): string[] {
  if (under === undefined) return [];
  if (isHpa(object)) return path === "spec" ? countsOfHpa(object) : movesOf(object.view, path);
  if (!isScaledObject(object)) return [];
  return path === "spec" ? countsOfKeda(object) : movesOf(object.view, path);
}

function isHpa(object: StackObject): object is StackObject<HpaView> {
  return object.kind.id === hpa.id;
}

function isScaledObject(object: StackObject): object is StackObject<ScaledObjectView> {
  return object.kind.id === scaledObject.id;
}

function countsOfHpa({ root, view }: StackObject<HpaView>): string[] {
  const max = view.maxReplicas?.value;
  const counts: Effective[] = [{ key: "minReplicas", written: written(root, "minReplicas"), default: 1 }];
  if (max !== undefined) counts.push({ key: "maxReplicas", written: max, default: max });
  const metrics = at(root, "spec", "metrics") === undefined ? ["Scales on 80 % of the requested CPU, by default."] : [];
  return [inEffect(counts), ...metrics, ...(at(root, ...view.behaviorPath) === undefined ? [unwrittenMoves] : [])];
}

/** The limiter of HPAs without `behavior` (pkg/controller/podautoscaler/horizontal.go). */
const unwrittenMoves =
  "Without behavior it scales up at once, to twice the pods or to 4, whichever is more, every 15 s; and down by the highest recommendation of the last 300 s, however many pods that takes away.";

/** Defaults of KEDA: apis/keda/v1alpha1/scaledobject_types.go. */
function countsOfKeda({ root, name, view }: StackObject<ScaledObjectView>): string[] {
  const of = (key: string, byDefault: number, unit = ""): Effective => {
    return { key, written: written(root, key), default: byDefault, unit };
  };
  const min = view.minReplicas?.value ?? 0;
  const idle = written(root, "idleReplicaCount");
  const own = stringAt(root, "spec", "advanced", "horizontalPodAutoscalerConfig", "name")?.value;
  const made = own ?? (name === undefined ? undefined : `keda-hpa-${name.value}`);
  const waits =
    min > 0 && idle === undefined
      ? ["pollingInterval and cooldownPeriod do nothing here: they count only where it scales to zero or idle."]
      : [];
  return [
    inEffect([
      of("minReplicaCount", 0),
      of("maxReplicaCount", 100),
      of("pollingInterval", 30, " s"),
      of("cooldownPeriod", 300, " s"),
      of("initialCooldownPeriod", 0, " s"),
    ]),
    ...(made === undefined
      ? []
      : [`KEDA makes the HPA ${code(made)} for ${Math.max(1, min)} to ${view.maxReplicas?.value ?? 100} replicas.`]),
    ...waits,
    ...(view.behavior === undefined ? [unwrittenMoves] : []),
  ];
}

/** A number, or that something stands there which cannot be read as one. */
function written(root: StackObject["root"], key: string): number | string | undefined {
  if (at(root, "spec", key) === undefined) return undefined;
  return numberAt(root, "spec", key)?.value ?? "as it is filled in";
}

function movesOf({ behavior, behaviorPath }: HpaView | ScaledObjectView, path: string): string[] {
  const base = behaviorPath.join(".");
  return directions
    .filter((direction) => path === base || path === `${base}.${direction}`)
    .flatMap((direction) => {
      const rules = behavior?.[direction];
      return rules === undefined || rules.unread ? [] : [move(direction, rules)];
    });
}

function move(direction: Direction, { stabilizationWindow, selectPolicy, policies }: ScalingRules): string {
  const { way, recommendation, selected } = words[direction];
  if (selectPolicy?.value === "Disabled") return `Never scales ${way}.`;
  const window = stabilizationWindow?.value ?? defaultWindow[direction];
  const origin = stabilizationWindow === undefined ? ", by default" : "";
  const when = window === 0 ? "at once" : `by the ${recommendation} recommendation of the last ${window} s`;
  const steps = policies.length > 0 ? policies.map(step) : defaultPolicies[direction];
  const chosen = steps.length < 2 ? "" : `, whichever is ${selectPolicy?.value === "Min" ? "less" : "more"}`;
  const unsaid = policies.length > 0 ? "" : ", by default";
  return `Scales ${way} ${when}${origin}. It ${selected} at most ${steps.join(" or ")}${chosen}${unsaid}.`;
}

function step({ type, value, node }: ScalingRules["policies"][number]): string {
  const many = value?.value ?? "some";
  const period = numberAt(node, "periodSeconds")?.value;
  const what = type === "Percent" ? `${many} % of the pods` : `${many} ${many === 1 ? "pod" : "pods"}`;
  return period === undefined ? what : `${what} in ${period} s`;
}
