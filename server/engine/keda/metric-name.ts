import type { Trigger } from "./spec.ts";
import { metadataOf } from "./trigger.ts";

/**
 * The name under which the HPA asks for a trigger's metric: `s0-prometheus`. Scalers put more into it where one trigger of a type
 * is not enough to tell them apart (keda pkg/scalers/*_scaler.go); of those, cron and metrics-api are told here.
 */
export function metricName(trigger: Trigger, index: number): string {
  return `s${index}-${withoutSeparators(label(trigger))}`;
}

function label(trigger: Trigger): string {
  const of = (key: string) => metadataOf(trigger, key) ?? "";
  if (trigger.type === "metrics-api") return `metric-api-${of("valueLocation")}`;
  if (trigger.type === "cron") return `cron-${of("timezone")}-${clock(of("start"))}-${clock(of("end"))}`;
  return trigger.type;
}

function clock(schedule: string): string {
  return schedule.replaceAll(" ", "").replaceAll("*", "x").replaceAll("/", "Sl").replaceAll("?", "Qm");
}

/** keda pkg/util/normalize_string.go. */
function withoutSeparators(text: string): string {
  return text.replace(/[/.:%()]/g, "-");
}
