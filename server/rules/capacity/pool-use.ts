import { type Gathering, gatheringsAround, objectsIn, workloadsIn } from "../../graph/applied-together.ts";
import type { Graph } from "../../graph/graph.ts";
import { inReadingOrder } from "../../graph/workspace.ts";
import { isWithoutGpus } from "../../kinds/node-pool/gpus.ts";
import { type NodePoolView, nodePool } from "../../kinds/node-pool/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isGpuResource } from "../../kinds/workload/container.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { stringAt } from "../../text/read.ts";
import { numberOf } from "../../text/values/quantity.ts";
import { type Demand, demandsOn, sumOf } from "./demand.ts";

export type NodePool = StackObject<NodePoolView>;

/** GPUs of one resource that the pools of a gathering may make nodes for, and who asks for them. */
export interface PoolUse {
  readonly resource: string;
  readonly limit: number;
  /** Those with a limit, in reading order. The first one speaks for all. */
  readonly pools: readonly NodePool[];
  readonly demands: readonly Demand[];
}

/** What the pools around one pool bound, once for each resource, where this pool is the first of them. */
export function usesOfPool(graph: Graph, pool: NodePool): readonly PoolUse[] {
  const resources = [...pool.view.limits.keys()].filter(isGpuResource);
  if (resources.length === 0) return [];
  const gatherings = gatheringsAround(graph, pool);
  return resources.flatMap((resource) => {
    const uses = gatherings.flatMap((gathering) => useIn(graph, pool, gathering, resource));
    return uses.sort((a, b) => sumOf(b.demands, "most") - sumOf(a.demands, "most")).slice(0, 1);
  });
}

function useIn(graph: Graph, pool: NodePool, gathering: Gathering, resource: string): PoolUse[] {
  const all = poolsIn(graph, gathering);
  const pools = all.filter(({ view }) => view.limits.has(resource));
  // Another pool without such a limit may make nodes without end.
  if (pools[0] !== pool || all.some((one) => !pools.includes(one) && !isWithoutGpus(one))) return [];
  const names = new Set(pools.map(({ name }) => name?.value));
  const workloads = workloadsIn(graph, gathering).filter((workload) => mayRunOn(workload, names));
  const limit = pools.reduce((sum, { view }) => sum + limitOf(view, resource), 0);
  return [{ resource, limit, pools, demands: demandsOn(graph, resource, workloads) }];
}

export function poolsIn(graph: Graph, gathering: Gathering): readonly NodePool[] {
  const pools = objectsIn(graph, gathering, "NodePool").filter(({ kind }) => kind.id === nodePool.id) as NodePool[];
  return pools.sort(inReadingOrder);
}

function limitOf({ limits }: NodePoolView, resource: string): number {
  const most = limits.get(resource);
  return most === undefined ? 0 : numberOf(most.value);
}

/** A pod that asks for a pool by name runs on no other. */
function mayRunOn({ view }: StackObject<Workload>, names: ReadonlySet<string | undefined>): boolean {
  const asked = stringAt(view.template?.root, "spec", "nodeSelector", "karpenter.sh/nodepool")?.value;
  return asked === undefined || names.has(asked);
}
