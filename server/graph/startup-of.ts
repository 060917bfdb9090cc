import type { Settings } from "../config/settings.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { autoscalersOf } from "./autoscalers.ts";
import type { Graph } from "./graph.ts";
import { type PodStartup, podStartup } from "./pod-startup.ts";

/** The start of a workload's pods, as the rules of its autoscaler take it. */
export function startupOf(graph: Graph, workload: StackObject<Workload>, settings: Settings): PodStartup {
  const [scaler] = autoscalersOf(graph, workload);
  return podStartup(scaler ?? workload, workload, settings);
}
