import type { Gpu } from "../engine/catalogue/gpu.ts";
import type { NodePool } from "../engine/cluster/input.ts";
import { given, type Sourced } from "../engine/sourced.ts";
import type { Graph } from "../graph/graph.ts";
import { nearest } from "../graph/scope.ts";
import type { NodePoolView } from "../kinds/node-pool/kind.ts";
import type { ResourceQuotaView } from "../kinds/resource-quota/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { isGpuResource } from "../kinds/workload/container.ts";
import { at, type Placed, secondsAt } from "../text/read.ts";
import { numberOf } from "../text/values/quantity.ts";
import { annotations, spanOf } from "./annotations.ts";
import { within } from "./bounds.ts";
import type { Fills } from "./fills.ts";
import type { Sources } from "./origin.ts";
import type { ServingWorkload } from "./variants.ts";

interface Asked {
  readonly workload: ServingWorkload;
  readonly gpu: Gpu;
  readonly gpus: number;
  /** Replicas at the start. */
  readonly replicas: number;
}

/** Nodes as large as a replica: what is paid for follows what is held. */
export function poolOf(
  graph: Graph,
  { workload, gpu, gpus, replicas }: Asked,
  fills: Fills,
  sources: Sources,
): NodePool {
  const { name } = workload;
  const pool = nodePoolOf(graph);
  const limit = least(pool && gpuLimitOf(pool, name, sources), quotaOf(graph, workload, gpus, sources));
  const consolidate = pool && secondsAt(at(pool.root, "spec", "disruption", "consolidateAfter"));
  return {
    name,
    gpusPerNode: gpus,
    nodes: replicas,
    fixed: false,
    ...(limit === undefined ? {} : { gpuLimit: limit }),
    provisioning: provisioning(name, pool, fills, spanOf(workload.object, annotations.nodeTime), sources),
    consolidateAfter: given(
      within(consolidate?.value ?? 0, 0, 31 * 86_400),
      consolidate === undefined ? "default: at once" : sources.place(consolidate.node),
    ),
    perHour: priceOf(name, { gpu, gpus }, fills, sources),
    billedWhileProvisioning: true,
  };
}

/** The one NodePool of these files that has GPUs. */
function nodePoolOf(graph: Graph): StackObject<NodePoolView> | undefined {
  const pools = graph.lookup("kind/node-pool") as readonly StackObject<NodePoolView>[];
  const withGpus = pools.filter(({ view }) => [...view.limits.keys()].some(isGpuResource));
  return withGpus.length === 1 ? withGpus[0] : undefined;
}

function gpuLimitOf({ view }: StackObject<NodePoolView>, name: string, sources: Sources): Sourced<number> | undefined {
  for (const [resource, most] of view.limits) {
    if (isGpuResource(resource))
      return sources.said(`${name}: GPUs of its NodePool`, numberOf(most.value), sources.place(most.node));
  }
  return undefined;
}

/** What the namespace's quotas leave: pods above it are refused, which is as good as no GPU for them. */
function quotaOf(
  graph: Graph,
  { object, name }: ServingWorkload,
  gpus: number,
  sources: Sources,
): Sourced<number> | undefined {
  const quotas = graph.lookup("kind/resource-quota") as readonly StackObject<ResourceQuotaView>[];
  let found: Sourced<number> | undefined;
  for (const quota of nearest(graph, object, quotas) as readonly StackObject<ResourceQuotaView>[]) {
    if (quota.view.selective) continue;
    for (const { key, most } of quota.view.hard) {
      const inGpus = isGpuResource(key.text.replace(/^requests\./, ""));
      if (most === undefined || !(inGpus || key.text === "pods" || key.text === "count/pods")) continue;
      const value = numberOf(most.value) * (inGpus ? 1 : gpus);
      const what = `${name}: GPUs that its ResourceQuota allows`;
      found = least(found, sources.said(what, value, sources.place(most.node)));
    }
  }
  return found;
}

function least(one: Sourced<number> | undefined, other: Sourced<number> | undefined): Sourced<number> | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.value < one.value ? other : one;
}

function provisioning(
  name: string,
  pool: StackObject | undefined,
  { nodeTime }: Fills,
  written: Placed<number> | undefined,
  sources: Sources,
): Sourced<number> {
  const what = `${name}: until a node is there, s`;
  if (nodeTime === undefined && written !== undefined)
    return sources.said(what, within(written.value, 0, 86_400), sources.place(written.node));
  if (nodeTime !== undefined) return sources.said(what, nodeTime, "flag: --node-time");
  const why =
    pool === undefined
      ? "no NodePool with a limit of GPUs stands in these files; a node is taken to be there at once"
      : "no file says it; a node is taken to be there at once";
  sources.lacks("how long a new node takes", why, `--node-time 2m, or the annotation ${annotations.nodeTime}`);
  return given(0, "default: a node is there");
}

function priceOf(
  name: string,
  { gpu, gpus }: Pick<Asked, "gpu" | "gpus">,
  { gpuHour }: Fills,
  sources: Sources,
): Sourced<number> {
  const what = `${name}: dollars an hour of a replica`;
  if (gpuHour !== undefined) return sources.said(what, gpuHour * gpus, "flag: --gpu-hour");
  const [price] = gpu.prices;
  if (price === undefined) {
    sources.lacks(`price of ${gpu.id}`, "none is known; it counts as nothing", "gpus in headroom.config.yaml");
    return given(0, "default: no price is known");
  }
  const { dollarsPerGpuHour, seller, date } = price;
  return sources.said(what, dollarsPerGpuHour * gpus, `catalogue: ${seller}, ${date}`);
}
