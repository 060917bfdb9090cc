import type { StackObject } from "../kinds/stack-object.ts";
import { type Container, isGpuResource } from "../kinds/workload/container.ts";
import { type PodTemplate, readPodTemplate, type Workload } from "../kinds/workload/pod-template.ts";
import type { Node } from "../text/node.ts";
import { at, entriesAt, numberAt, stringAt } from "../text/read.ts";

/** The GPUs that one replica asks for, by resource name: whole ones and MIG slices are counted apart. */
export type GpuCounts = ReadonlyMap<string, { readonly count: number; readonly node: Node }>;

/** A group of a LeaderWorkerSet is one leader and workers; without a template of its own the leader is a worker. */
export function gpusPerReplica(workload: StackObject<Workload>): GpuCounts {
  const { template, groupSize } = workload.view;
  const pods: [PodTemplate | undefined, number][] = groupSize > 1 ? groupPods(workload, groupSize) : [[template, 1]];
  const counts = new Map<string, { count: number; node: Node }>();
  for (const [pod, times] of pods) {
    for (const [resource, { count, node }] of gpusOfPod(pod)) {
      counts.set(resource, { count: (counts.get(resource)?.count ?? 0) + times * count, node });
    }
  }
  return counts;
}

function groupPods({ root, view }: StackObject<Workload>, size: number): [PodTemplate | undefined, number][] {
  const group = at(root, "spec", "leaderWorkerTemplate");
  const worker = readPodTemplate(at(group, "workerTemplate"));
  if (at(group, "leaderTemplate") === undefined) return [[worker, size]];
  return [
    [view.template, 1],
    [worker, size - 1],
  ];
}

/** Containers and native sidecars run together; other init containers before them, one after the other. */
function gpusOfPod(pod: PodTemplate | undefined): GpuCounts {
  const counts = new Map<string, { count: number; node: Node }>();
  if (pod === undefined) return counts;
  const sidecars = pod.initContainers.filter(({ root }) => stringAt(root, "restartPolicy")?.value === "Always");
  for (const container of [...pod.containers, ...sidecars]) {
    for (const [resource, { count, node }] of gpusOfContainer(container)) {
      counts.set(resource, { count: (counts.get(resource)?.count ?? 0) + count, node });
    }
  }
  for (const container of pod.initContainers.filter((one) => !sidecars.includes(one))) {
    for (const [resource, asked] of gpusOfContainer(container)) {
      if (asked.count > (counts.get(resource)?.count ?? 0)) counts.set(resource, asked);
    }
  }
  return counts;
}

/** For extended resources Kubernetes wants limit and request to be equal; one that is left out takes the other. */
function gpusOfContainer(container: Container): GpuCounts {
  const counts = new Map<string, { count: number; node: Node }>();
  for (const section of ["requests", "limits"]) {
    for (const { key, value } of entriesAt(container.root, "resources", section)) {
      const asked = isGpuResource(key.text) ? numberAt(value) : undefined;
      if (asked !== undefined && asked.value > 0) counts.set(key.text, { count: asked.value, node: asked.node });
    }
  }
  return counts;
}
