import type { ControllerSettings } from "../controller.ts";
import type { Tolerance } from "../tolerance.ts";
import type { Metric } from "./metric.ts";
import { podsAverage } from "./pods-average.ts";
import type { Proposal, Unread } from "./proposal.ts";
import type { Reading } from "./reading.ts";
import { resourceUtilization } from "./utilization.ts";
import { targetAverage, targetValue } from "./whole-target.ts";

/** The target as one sync finds it. */
export interface Counts {
  readonly specReplicas: number;
  readonly statusReplicas: number;
}

/** What one metric asks for at this sync. */
export function propose(
  metric: Metric,
  reading: Reading | undefined,
  { specReplicas, statusReplicas }: Counts,
  tolerance: Tolerance,
  settings: ControllerSettings,
  now: number,
): Proposal | Unread {
  if (metric.invalid !== undefined) return metric.invalid;
  if (reading === undefined) return nothingReturned(metric);
  if (reading.kind === "none") return reading;
  const { law, target, resource } = metric;
  if (law === "utilization" || law === "podsAverage") {
    if (reading.kind !== "pods" || !reading.pods.some(({ sample }) => sample !== undefined))
      return nothingReturned(metric);
    const input = { currentReplicas: specReplicas, resource, tolerance, pods: reading.pods, now };
    return law === "podsAverage"
      ? podsAverage({ ...input, target }, settings)
      : resourceUtilization({ ...input, target: Number(target) }, settings);
  }
  if (reading.kind !== "series" || reading.values.length === 0) return nothingReturned(metric);
  const { values, pods } = reading;
  return law === "objectValue" || law === "externalValue"
    ? targetValue({ currentReplicas: specReplicas, target, values, tolerance, pods })
    : targetAverage({ statusReplicas, target, values, tolerance, external: law === "externalAverage" });
}

/** metrics/client.go: an empty answer is an error. */
function nothingReturned({ law, resource }: Metric): Unread {
  if (law === "externalAverage" || law === "externalValue") return nothing.external;
  return resource === "" ? nothing.custom : nothing.resource;
}

const nothing = {
  resource: { error: "no metrics returned from resource metrics API" },
  custom: { error: "no metrics returned from custom metrics API" },
  external: { error: "no metrics returned from external metrics API" },
} as const;
