import { type Behavior, defaultWindow, type ScalingRules } from "../../kinds/hpa/behavior.ts";
import { type HpaView, hpa } from "../../kinds/hpa/kind.ts";
import { type ScaledObjectView, scaledObject } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Entry, Node } from "../../text/node.ts";
import { at, entryOf, isNull, mapAt, resolve } from "../../text/read.ts";
import type { Hint } from "./hint.ts";

type Direction = keyof Behavior;
type Scaler = StackObject<HpaView | ScaledObjectView>;

const directions: readonly Direction[] = ["scaleUp", "scaleDown"];

/** Policies of autoscaling/v2 where none are written (pkg/apis/autoscaling/v2/defaults.go). */
const defaultPolicies = { scaleUp: "4 pods or 100 % in 15 s", scaleDown: "100 % in 15 s" } as const;

/** What counts in an autoscaler where a section leaves something out. */
export function defaultHints(object: StackObject): Hint[] {
  if (object.kind.id === hpa.id) return hintsOf(object as Scaler, (scaler) => omitted(scaler, { minReplicas: "1" }));
  if (object.kind.id === scaledObject.id) return hintsOf(object as Scaler, omittedOfKeda);
  return [];
}

function hintsOf(scaler: Scaler, omittedIn: (scaler: Scaler) => string[]): Hint[] {
  const counts = omittedIn(scaler).join(", ");
  return [...sectionHint(entryOf(scaler.root, "spec"), counts), ...behaviorHints(scaler)];
}

/** apis/keda/v1alpha1/scaledobject_types.go. The last two count only where it scales to zero or idle. */
function omittedOfKeda(scaler: Scaler): string[] {
  const sleeps = isZero(at(scaler.root, "spec", "minReplicaCount")) || isWritten(scaler, "idleReplicaCount");
  return omitted(scaler, {
    minReplicaCount: "0",
    maxReplicaCount: "100",
    ...(sleeps && { pollingInterval: "30 s", cooldownPeriod: "300 s" }),
  });
}

function isZero(node: Node | undefined): boolean {
  const found = resolve(node);
  return found === undefined || (found.type === "scalar" && (isNull(found) || found.text.trim() === "0"));
}

function omitted(scaler: Scaler, defaults: Readonly<Record<string, string>>): string[] {
  return Object.entries(defaults).flatMap(([key, value]) => (isWritten(scaler, key) ? [] : [`${key} ${value}`]));
}

function isWritten({ root }: Scaler, key: string): boolean {
  return at(root, "spec", key) !== undefined;
}

function behaviorHints({ root, view: { behavior, behaviorPath } }: Scaler): Hint[] {
  const path = [...behaviorPath];
  const key = path.pop() ?? "";
  const entry = entryOf(at(root, ...path), key);
  if (behavior === undefined || mapAt(entry?.value) === undefined) return [];
  const missing = directions.filter((direction) => entryOf(entry?.value, direction) === undefined);
  const left = missing.map((direction) => `${direction} ${omittedMoves(direction, behavior[direction]).join(", ")}`);
  return [
    ...sectionHint(entry, left.join("; ")),
    ...directions.flatMap((direction) => {
      const moves = behavior[direction].unread ? [] : omittedMoves(direction, behavior[direction]);
      return sectionHint(entryOf(entry?.value, direction), moves.join(", "));
    }),
  ];
}

function omittedMoves(direction: Direction, rules: ScalingRules): string[] {
  if (rules.selectPolicy?.value === "Disabled") return [];
  const window = rules.stabilizationWindow === undefined ? [`window ${defaultWindow[direction]} s`] : [];
  return [...window, ...(rules.policies.length === 0 ? [`at most ${defaultPolicies[direction]}`] : [])];
}

/** Behind the key of a section that stands below it, or behind a section on the key's own line. */
function sectionHint(entry: Entry | undefined, label: string): Hint[] {
  const section = entry?.value;
  if (entry === undefined || section?.type !== "map" || label === "") return [];
  return [{ doc: section.doc, offset: section.flow ? section.end : entry.key.end + 1, label }];
}
