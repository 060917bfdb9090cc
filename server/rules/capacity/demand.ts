import type { RawFix } from "../../findings/raw-finding.ts";
import { type ReplicaBounds, replicaBounds } from "../../graph/autoscalers.ts";
import { gpusPerReplica } from "../../graph/gpus.ts";
import type { Graph } from "../../graph/graph.ts";
import { hpa } from "../../kinds/hpa/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import type { Node, Span } from "../../text/node.ts";
import { setValue } from "../set-value.ts";

/** What one workload may ask of one resource. */
export interface Demand {
  readonly workload: StackObject<Workload>;
  readonly bounds: ReplicaBounds;
  readonly perReplica: number;
  /** Where the GPUs of a container are written. */
  readonly node: Node;
  /** At its largest; at its smallest where nothing bounds it. */
  readonly most: number;
  readonly least: number;
}

/**
 * The demand of those workloads that can be read. What cannot be read is left out, and so is a name that several define:
 * the sum is then too small, never too large.
 */
export function demandsOn(
  graph: Graph,
  resource: string,
  workloads: readonly StackObject<Workload>[],
): readonly Demand[] {
  const names = workloads.map(nameOf);
  return workloads.flatMap((workload) => {
    const gpus = gpusPerReplica(workload).get(resource);
    if (gpus === undefined || names.indexOf(nameOf(workload)) !== names.lastIndexOf(nameOf(workload))) return [];
    const bounds = replicaBounds(graph, workload);
    if (bounds === undefined) return [];
    const { count, node } = gpus;
    const most = (bounds.max ?? bounds.min) * count;
    return [{ workload, bounds, perReplica: count, node, most, least: bounds.min * count }];
  });
}

function nameOf({ apiKind, name, namespace }: StackObject): string {
  return `${apiKind}/${namespace ?? ""}/${name?.value ?? ""}`;
}

export function sumOf(demands: readonly Demand[], side: "most" | "least"): number {
  return demands.reduce((sum, demand) => sum + demand[side], 0);
}

/** `8 replicas x 2`, several joined by `+`. */
export function countWords(demands: readonly Demand[], side: "most" | "least"): string {
  const words = demands.map(({ bounds: { min, max }, perReplica, workload }) => {
    const replicas = side === "least" ? min : (max ?? min);
    const size = workload.view.groupSize;
    // The autoscaler of a LeaderWorkerSet counts groups.
    const group = size > 1 ? `groups of ${size} pods` : replicas === 1 ? "replica" : "replicas";
    return `${replicas} ${group} x ${perReplica}`;
  });
  return words.length <= 4 ? words.join(" + ") : `${words.slice(0, 3).join(" + ")} + ${words.length - 3} more`;
}

/** Who asks: the autoscaler of a single workload, or the workloads by name. */
export function askerOf([first, ...others]: readonly Demand[]): string {
  if (first === undefined) return "";
  if (others.length === 0) return (first.bounds.scaler ?? first.workload).title;
  const shown = [first, ...others].slice(0, 3).map(({ workload }) => workload.title);
  return others.length < 3 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : `${shown.join(", ")} and others`;
}

/** Every place whose number counts. */
export function placesOf(demands: readonly Demand[]): { readonly at: Span; readonly message: string }[] {
  return demands.flatMap(({ workload, bounds, perReplica, node, most }) => [
    { at: node, message: `a replica of ${workload.title} asks for ${perReplica}` },
    ...(bounds.maxNode === undefined
      ? []
      : [{ at: bounds.maxNode, message: `${workload.title}: up to ${most} in all` }]),
  ]);
}

/** As many replicas as fit, written to the autoscaler of the only workload. */
export function lowerMax([only, ...others]: readonly Demand[], available: number): RawFix[] {
  const scaler = only?.bounds.scaler;
  if (only === undefined || scaler === undefined || others.length > 0) return [];
  const fit = Math.floor(available / only.perReplica);
  if (fit < Math.max(1, only.bounds.min)) return [];
  const key = scaler.kind.id === hpa.id ? "maxReplicas" : "maxReplicaCount";
  return setValue(scaler, ["spec", key], String(fit), `Set ${key} to ${fit}`);
}
