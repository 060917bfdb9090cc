import { gatheringsAround, workloadsIn } from "../../graph/applied-together.ts";
import type { Graph } from "../../graph/graph.ts";
import { meet } from "../../graph/scope.ts";
import type { ResourceQuotaView } from "../../kinds/resource-quota/kind.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { isGpuResource } from "../../kinds/workload/container.ts";
import type { Placed } from "../../text/read.ts";
import { numberOf } from "../../text/values/quantity.ts";
import { type Demand, demandsOn, sumOf } from "./demand.ts";

/** GPUs of one resource that a quota or a pool allows, and who asks for them. */
export interface Use {
  readonly resource: string;
  readonly limit: Placed<number>;
  readonly demands: readonly Demand[];
  /** Whether all of it certainly meets: one file or one kustomization holds it. */
  readonly certain: boolean;
}

const counted = "requests.";

/** What a ResourceQuota bounds, once for each resource: of several kustomizations the one that asks for most. */
export function usesOfQuota(graph: Graph, quota: StackObject<ResourceQuotaView>): readonly Use[] {
  const { hard, selective } = quota.view;
  if (selective) return [];
  const limits = hard.flatMap(({ key, most }) => {
    const resource = key.text.startsWith(counted) ? key.text.slice(counted.length) : "";
    return most === undefined || !isGpuResource(resource)
      ? []
      : [{ resource, limit: { value: numberOf(most.value), node: most.node } }];
  });
  if (limits.length === 0) return [];
  const gatherings = gatheringsAround(graph, quota).map((gathering) =>
    workloadsIn(graph, gathering).flatMap((workload) => {
      const met = meet(graph, quota, workload);
      return met === undefined ? [] : [{ workload, certain: met === "certain" }];
    }),
  );
  return limits.flatMap(({ resource, limit }) => {
    const uses = gatherings.map((members): Use => {
      const demands = demandsOn(
        graph,
        resource,
        members.map(({ workload }) => workload),
      );
      const certain = members.every(
        (member) => member.certain || !demands.some(({ workload }) => workload === member.workload),
      );
      return { resource, limit, demands, certain };
    });
    return uses.sort((a, b) => sumOf(b.demands, "most") - sumOf(a.demands, "most")).slice(0, 1);
  });
}
