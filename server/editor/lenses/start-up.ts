import { servingContainer } from "../../graph/serving.ts";
import { startupOf } from "../../graph/startup-of.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { startBudget } from "../../kinds/workload/probe.ts";
import { timeText } from "../hover/units.ts";
import type { Lens, Surroundings } from "./lens.ts";

/** How long a pod takes to serve, where somebody says so, and how long its probe waits. */
export function startUpLenses(workload: StackObject<Workload>, surroundings: Surroundings): Lens[] {
  const container = servingContainer(workload);
  if (container === undefined) return [];
  const { seconds, source } = startupOf(surroundings.graph, workload, surroundings.settings(workload));
  const isMeasured = source === "annotation" || source === "configuration";
  const budget = container.startupProbe === undefined ? undefined : startBudget(container.startupProbe);
  if (!isMeasured && budget === undefined) return [];
  return [{ id: "start-up", at: workload, tell: () => ({ title: titleOf(isMeasured ? seconds : undefined, budget) }) }];
}

function titleOf(measured: number | undefined, budget: number | undefined): string {
  // What has not answered by then is restarted.
  if (measured === undefined) return `up in ${timeText(budget ?? 0)} at the longest`;
  const probe = budget === undefined ? "" : `, probe budget ${timeText(budget)}`;
  return `up in ${timeText(measured)}${probe}`;
}
