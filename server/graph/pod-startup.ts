import type { Settings } from "../config/settings.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { type Probe, startBudget } from "../kinds/workload/probe.ts";
import type { Node } from "../text/node.ts";
import { secondsAt } from "../text/read.ts";
import { servingContainer } from "./serving.ts";

/** How long a pod takes from creation to serving, and who says so. */
export interface PodStartup {
  readonly seconds: number;
  readonly source: "annotation" | "configuration" | "startupProbe" | "readinessProbe" | "default";
  /** Where it is said, when a manifest says it. */
  readonly node: Node | undefined;
}

export const startupAnnotation = "headroom.dev/pod-startup";
/** Without any hint; twice this is the 180 s that guides name as the smallest scale-up window. */
export const defaultStartup = 90;
/** The longest start that guides report. A probe that grants more was set generously and says nothing about the start. */
const longestStartup = 420;

export function podStartup(
  autoscaler: StackObject,
  workload: StackObject<Workload> | undefined,
  settings: Settings,
): PodStartup {
  const annotated =
    secondsAt(autoscaler.annotation(startupAnnotation)) ??
    secondsAt(workload?.annotation(startupAnnotation)) ??
    secondsAt(workload?.view.template?.annotation(startupAnnotation));
  if (annotated !== undefined) return { seconds: annotated.value, source: "annotation", node: annotated.node };
  const configured = settings.podStartup(autoscaler.path);
  if (configured !== undefined) return { seconds: configured, source: "configuration", node: undefined };
  return fromProbes(workload) ?? { seconds: defaultStartup, source: "default", node: undefined };
}

function fromProbes(workload: StackObject<Workload> | undefined): PodStartup | undefined {
  const container = workload === undefined ? undefined : servingContainer(workload);
  if (container === undefined) return undefined;
  if (container.startupProbe !== undefined) return fromProbe(container.startupProbe, "startupProbe");
  return container.readinessProbe === undefined ? undefined : fromProbe(container.readinessProbe, "readinessProbe");
}

function fromProbe(probe: Probe, source: "startupProbe" | "readinessProbe"): PodStartup | undefined {
  const seconds = startBudget(probe);
  return seconds > longestStartup ? undefined : { seconds, source, node: probe.node };
}

const sources: Record<PodStartup["source"], string> = {
  annotation: `annotation ${startupAnnotation}`,
  configuration: "podStartup in headroom.config.yaml",
  startupProbe: "budget of the startupProbe",
  readinessProbe: "budget of the readinessProbe",
  default: `assumed, nothing says it; set the annotation ${startupAnnotation}`,
};

/** `240 s (annotation headroom.dev/pod-startup)`, for messages. */
export function startupWords(startup: PodStartup): string {
  return `${startup.seconds} s (${sources[startup.source]})`;
}
