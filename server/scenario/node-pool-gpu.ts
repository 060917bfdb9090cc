import { findGpu, gpuLabels } from "../engine/catalogue/find-gpu.ts";
import { instanceTypes } from "../engine/catalogue/instance-types.ts";
import { gatheringsAround, objectsIn } from "../graph/applied-together.ts";
import type { Graph } from "../graph/graph.ts";
import { isWithoutGpus } from "../kinds/node-pool/gpus.ts";
import { type NodePoolView, nodePool } from "../kinds/node-pool/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { stringAt } from "../text/read.ts";

/**
 * The GPUs of the nodes that Karpenter's pools beside a workload make, by the names in the pools' requirements. None
 * where a pool that may have GPUs does not say which.
 */
export function poolGpuNames(graph: Graph, workload: StackObject<Workload>): string[] {
  const asked = stringAt(workload.view.template?.root, "spec", "nodeSelector", "karpenter.sh/nodepool")?.value;
  const names = gatheringsAround(graph, workload).flatMap((gathering) => {
    const all = objectsIn(graph, gathering, "NodePool").filter(({ kind }) => kind.id === nodePool.id);
    const pools = (all as StackObject<NodePoolView>[]).filter(
      (pool) => !isWithoutGpus(pool) && (asked === undefined || pool.name?.value === asked),
    );
    const told = pools.map(namesOf);
    return told.every((some) => some.length > 0) ? told.flat() : [];
  });
  return [...new Set(names)];
}

function namesOf({ view }: StackObject<NodePoolView>): readonly string[] {
  for (const { key, operator, values } of view.requirements) {
    if (operator !== "In") continue;
    if ((gpuLabels as readonly string[]).includes(key)) return values;
    if (key.endsWith("/instance-family")) return values.flatMap(gpusOfFamily);
  }
  return [];
}

/** `p5` has one kind of GPU, whatever the size; a family that is not known stays a name that is not known. */
function gpusOfFamily(family: string): string[] {
  const types = [...instanceTypes].filter(([type]) => type.startsWith(`${family.toLowerCase()}.`));
  const gpus = types.flatMap(([, gpu]) => findGpu(gpu)?.id ?? []);
  return gpus.length === 0 ? [family] : [...new Set(gpus)];
}
