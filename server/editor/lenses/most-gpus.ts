import type { Autoscaler } from "../../graph/autoscalers.ts";
import { gpusPerReplica } from "../../graph/gpus.ts";
import type { Graph } from "../../graph/graph.ts";
import { workloadOf } from "../../graph/scale-target.ts";
import type { NodePoolView } from "../../kinds/node-pool/kind.ts";
import type { ResourceQuotaView } from "../../kinds/resource-quota/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { type Demand, demandsOn, sumOf } from "../../rules/capacity/demand.ts";
import { usesOfPool } from "../../rules/capacity/pool-use.ts";
import { usesOfQuota } from "../../rules/capacity/quota-use.ts";
import type { Lens, Said, Surroundings } from "./lens.ts";

/** Of hostile thousands the first ones tell enough. */
const mostBounds = 50;

/** The GPUs that an autoscaler may come to ask for, out of those that are there. */
export function mostGpusLenses(autoscaler: Autoscaler, { graph }: Surroundings): Lens[] {
  const workload = workloadOf(graph, autoscaler, autoscaler.view.target);
  if (workload === undefined) return [];
  return [...gpusPerReplica(workload).keys()].flatMap((resource) => {
    const [demand] = demandsOn(graph, resource, [workload]);
    const counts = demand?.bounds.scaler === autoscaler && demand.bounds.max !== undefined;
    if (demand === undefined || !counts) return [];
    return [{ id: `most ${resource}`, at: autoscaler, tell: () => told(graph, resource, demand) }];
  });
}

function told(graph: Graph, resource: string, { workload, bounds, perReplica, most }: Demand): Said {
  const groups = workload.view.groupSize > 1 ? " groups" : "";
  const gpu = /^(?:nvidia|amd)\.com\/gpu$/.test(resource) ? "GPU" : resource;
  const title = `max ${bounds.max}${groups} x ${perReplica} ${gpu} = ${most}`;
  const room = roomFor(graph, resource, workload);
  if (room === undefined) return { title };
  const asked = sumOf(room.demands, "most");
  const others = room.demands.length > 1 ? ` for ${asked} asked in all` : "";
  return { title: `${title} of ${room.limit}${others}`, tooltip: `${room.by} allows ${room.limit} ${resource}` };
}

interface Room {
  readonly limit: number;
  readonly demands: readonly Demand[];
  readonly by: string;
}

/** The tightest of the quotas and node pools that count a workload. */
function roomFor(graph: Graph, resource: string, workload: StackObject): Room | undefined {
  const quotas = graph.lookup("kind/resource-quota").slice(0, mostBounds) as readonly StackObject<ResourceQuotaView>[];
  const pools = graph.lookup("kind/node-pool").slice(0, mostBounds) as readonly StackObject<NodePoolView>[];
  const rooms = [
    ...quotas.flatMap((quota) =>
      usesOfQuota(graph, quota).map((use) => ({ ...use, limit: use.limit.value, by: quota.title })),
    ),
    ...pools.flatMap((pool) => usesOfPool(graph, pool).map((use) => ({ ...use, by: pool.title }))),
  ];
  return rooms
    .filter((room) => room.resource === resource && room.demands.some((demand) => demand.workload === workload))
    .sort((a, b) => a.limit - b.limit)[0];
}
