import type { ControllerSettings } from "./controller.ts";
import type { Milli } from "./milli.ts";

/** A pod as one metric sees it. Times are seconds on the clock of the sync. */
export interface Pod {
  readonly phase: "Pending" | "Running" | "Succeeded" | "Failed" | "Unknown";
  /** Whether it has a deletion timestamp. */
  readonly deleted: boolean;
  /** Its Ready condition; absent: it has none yet. */
  readonly ready?: { readonly status: boolean; readonly since: number };
  readonly startedAt?: number;
  /** What it (or the metric's container) requests of the resource, in thousandths; absent: nothing. */
  readonly request?: Milli;
  readonly sample?: Sample;
  /** `false`: the metrics API knows it, the selector does not. */
  readonly listed?: boolean;
}

export interface Sample {
  readonly value: Milli;
  readonly at: number;
  readonly windowSeconds: number;
}

export type PodGroup = "ready" | "unready" | "missing" | "ignored";

type ReadinessSettings = Pick<ControllerSettings, "cpuInitializationPeriodSeconds" | "initialReadinessDelaySeconds">;

/** replica_calculator.go groupPods: for what a pod counts. `resource` is empty for a Pods metric. */
export function groupOf(pod: Pod, resource: string, settings: ReadinessSettings, now: number): PodGroup {
  if (pod.deleted || pod.phase === "Failed" || pod.phase === "Succeeded") return "ignored";
  if (pod.phase === "Pending") return "unready";
  if (pod.sample === undefined) return "missing";
  return resource === "cpu" && isStarting(pod, pod.sample, settings, now) ? "unready" : "ready";
}

/** Only CPU is doubted: a start burns it. Of memory and of Pods metrics an unready pod counts like any other. */
function isStarting({ ready, startedAt }: Pod, sample: Sample, settings: ReadinessSettings, now: number): boolean {
  if (ready === undefined || startedAt === undefined) return true;
  if (startedAt + settings.cpuInitializationPeriodSeconds > now)
    return !ready.status || sample.at < ready.since + sample.windowSeconds;
  return !ready.status && startedAt + settings.initialReadinessDelaySeconds > ready.since;
}

export interface GroupedPods<P extends Pod> {
  readonly readyCount: number;
  readonly unready: readonly P[];
  readonly missing: readonly P[];
  readonly ignored: readonly P[];
}

export function groupPods<P extends Pod>(
  pods: readonly P[],
  resource: string,
  settings: ReadinessSettings,
  now: number,
): GroupedPods<P> {
  const groups: Record<PodGroup, P[]> = { ready: [], unready: [], missing: [], ignored: [] };
  for (const pod of pods) if (pod.listed !== false) groups[groupOf(pod, resource, settings, now)].push(pod);
  const { ready, unready, missing, ignored } = groups;
  return { readyCount: ready.length, unready, missing, ignored };
}

/** The target's pods by number: all that a metric of the whole target needs to know of them. */
export interface PodCount {
  readonly listed: number;
  /** Running with the Ready condition true; one that is being deleted counts as long as it is. */
  readonly ready: number;
}

export function countPods(pods: readonly Pod[]): PodCount {
  const listed = pods.filter((pod) => pod.listed !== false);
  return {
    listed: listed.length,
    ready: listed.filter(({ phase, ready }) => phase === "Running" && ready?.status === true).length,
  };
}
