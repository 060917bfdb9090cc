import { controllerDefaults } from "../../engine/hpa/controller.ts";
import { toleranceOf } from "../../engine/hpa/tolerance.ts";
import type { Autoscaler } from "../../graph/autoscalers.ts";
import { defaultWindow } from "../../kinds/hpa/behavior.ts";
import type { HpaView } from "../../kinds/hpa/kind.ts";
import type { Metric } from "../../kinds/hpa/metric.ts";
import type { ScaledObjectView, Trigger } from "../../kinds/keda/scaled-object.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { behaviorOf } from "../../scenario/behavior.ts";
import { meaningOf } from "../../scenario/metric-words.ts";
import { shapeOf } from "../../scenario/query-shape.ts";
import { at, numberAt, stringAt } from "../../text/read.ts";
import { numberOf } from "../../text/values/quantity.ts";
import { timeText } from "../hover/units.ts";
import { plainNumber } from "./figures.ts";
import type { Lens } from "./lens.ts";

/** What an autoscaler goes by: a number of WVA's, or a threshold. */
type Signal = { readonly follows: string } | { readonly above: string };

/** Longer ones stand in the file for who wants to read them. */
const longestName = 60;

/** When an autoscaler adds replicas. */
export function triggerLenses(autoscaler: Autoscaler): Lens[] {
  const signals = signalsOf(autoscaler);
  const wait = waitOf(autoscaler);
  if (signals === undefined || signals.length === 0 || wait === undefined) return [];
  return [{ id: "trigger", at: autoscaler, tell: () => ({ title: titleOf(signals, wait) }) }];
}

/** Seconds for which the need must last. Absent where that cannot be read; never where it does not scale up. */
export function waitOf({ view }: Autoscaler): number | "never" | undefined {
  const rules = view.behavior?.scaleUp;
  if (rules?.unread) return undefined;
  if (rules?.selectPolicy?.value === "Disabled") return "never";
  return rules?.stabilizationWindow?.value ?? defaultWindow.scaleUp;
}

/** ` after 180 s`, or nothing where it acts at once. */
export function afterText(wait: number): string {
  return wait === 0 ? "" : ` after ${wait < 600 ? `${wait} s` : timeText(wait)}`;
}

/** Whether it sets what WVA wants. */
export function followsWva(autoscaler: Autoscaler): boolean {
  return signalsOf(autoscaler)?.some((signal) => "follows" in signal) === true;
}

function titleOf(signals: readonly Signal[], wait: number | "never"): string {
  if (wait === "never") return "never scales up";
  const after = afterText(wait);
  const followed = [...new Set(signals.flatMap((signal) => ("follows" in signal ? signal.follows : [])))];
  const above = signals.flatMap((signal) => ("above" in signal ? signal.above : []));
  if (followed.length > 0) {
    const others = above.length === 0 ? "" : `, or what ${above.join(" or ")} asks for`;
    return `follows ${followed.join(" and ")}${others}${after === "" ? "" : `, up${after}`}`;
  }
  return `up${after} at ${above.join(" or ")}`;
}

/** Absent where one of them cannot be told: it alone may scale up. */
function signalsOf(autoscaler: Autoscaler): readonly Signal[] | undefined {
  const behavior = behaviorOf(at(autoscaler.root, ...autoscaler.view.behaviorPath));
  const edge = 1 + toleranceOf(behavior, controllerDefaults).up;
  const signals = isScaledObject(autoscaler)
    ? signalsOfKeda(autoscaler, edge)
    : (autoscaler as StackObject<HpaView>).view.metrics.map((metric) => signalOf(metric, edge));
  return signals.length <= 3 && signals.every((signal) => signal !== undefined) ? signals : undefined;
}

function isScaledObject(autoscaler: Autoscaler): autoscaler is StackObject<ScaledObjectView> {
  return "triggers" in autoscaler.view;
}

function signalOf({ type, name, matchLabels, target }: Metric, edge: number): Signal | undefined {
  if (name === undefined || target === undefined || name.value.length > longestName) return undefined;
  const isResource = type?.value === "Resource" || type?.value === "ContainerResource";
  const meaning = isResource ? undefined : meaningOf(name.value);
  const { averageValue, averageUtilization, value } = target;
  if (meaning === "desired-replicas" && target.type?.value === "AverageValue" && isOne(averageValue)) {
    return following(matchLabels.get("variant_name")?.value);
  }
  const above = (limit: number) => plainNumber(limit * edge);
  switch (target.type?.value) {
    case "Utilization":
      if (averageUtilization === undefined) return undefined;
      return { above: `${name.value} > ${above(numberOf(averageUtilization.value))} % of its request` };
    case "Value":
      return value === undefined ? undefined : { above: `${name.value} > ${above(numberOf(value.value))}` };
    case "AverageValue":
      if (averageValue === undefined || isResource) return undefined;
      return { above: `${name.value} > ${above(numberOf(averageValue.value))} a replica` };
    default:
      return undefined;
  }
}

/** A number of replicas for each replica is one: the count is set to the number. */
function isOne(averageValue: NonNullable<Metric["target"]>["averageValue"]): boolean {
  return averageValue !== undefined && numberOf(averageValue.value) === 1;
}

/** KEDA makes External metrics of its triggers, AverageValue where nothing else is said. */
function signalsOfKeda({ root, view }: StackObject<ScaledObjectView>, edge: number): (Signal | undefined)[] {
  if (at(root, "spec", "advanced", "scalingModifiers") !== undefined) return [undefined];
  return view.triggers.map((trigger) => signalOfTrigger(trigger, edge));
}

function signalOfTrigger({ type, metadata, metricType }: Trigger, edge: number): Signal | undefined {
  const query = type === "prometheus" ? stringAt(metadata, "query")?.value.trim() : undefined;
  const threshold = numberAt(metadata, "threshold")?.value;
  if (query === undefined || threshold === undefined) return undefined;
  const shape = shapeOf(query);
  const isTotal = metricType?.value === "Value";
  if (shape?.meaning === "desired-replicas" && !isTotal && threshold === 1) {
    return following(shape.labels.get("variant_name"));
  }
  if (query.length > longestName || query.includes("\n")) return undefined;
  const each = isTotal ? "" : " a replica";
  return { above: `${query} > ${plainNumber(threshold * edge)}${each}` };
}

function following(variant: string | undefined): Signal {
  return { follows: variant === undefined ? "DESIRED of WVA" : `DESIRED of variant ${variant}` };
}
