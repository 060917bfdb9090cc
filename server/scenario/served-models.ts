import type { Settings } from "../config/settings.ts";
import type { Graph } from "../graph/graph.ts";
import { dirname } from "../graph/paths.ts";
import { namespacesAgree, nearestOne } from "../graph/scope.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { deployment } from "../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { statefulSet } from "../kinds/workload/stateful-set.ts";
import type { VariantView } from "../kinds/wva/variant-autoscaling.ts";
import type { Found } from "./found.ts";
import { modelServers } from "./model-server.ts";
import type { ServingWorkload } from "./variants.ts";

/** Of hostile thousands the first ones tell enough. */
const mostWorkloads = 200;
const mostNamed = 8;

/** Workloads that serve one model together. */
export interface ServedModel {
  /** As WVA or vLLM call it; absent where no file says it. */
  readonly model: string | undefined;
  readonly workloads: readonly ServingWorkload[];
}

export function servedModels(graph: Graph, settingsOf: (path: string) => Settings): ServedModel[] {
  const groups: { model: string | undefined; workloads: ServingWorkload[] }[] = [];
  for (const workload of servingWorkloads(graph, settingsOf)) {
    const model = modelOf(graph, workload);
    const group = groups.find(
      (one) =>
        one.model === model && one.workloads.some((other) => standTogether(graph, other.object, workload.object)),
    );
    if (group === undefined) groups.push({ model, workloads: [workload] });
    else group.workloads.push(workload);
  }
  return groups;
}

function servingWorkloads(graph: Graph, settingsOf: (path: string) => Settings): ServingWorkload[] {
  const all = [deployment, statefulSet, leaderWorkerSet].flatMap(
    ({ id }) => graph.lookup(`kind/${id}`) as readonly StackObject<Workload>[],
  );
  return all.slice(0, mostWorkloads).flatMap((object) => {
    const [server] = modelServers(object, settingsOf(object.path));
    const name = object.name?.value;
    return server === undefined || name === undefined ? [] : [{ object, name, server }];
  });
}

export function variantFor(graph: Graph, { object }: ServingWorkload): StackObject<VariantView> | undefined {
  const found = graph.lookup(`variant-of/${object.apiKind}/${object.name?.value}`);
  return nearestOne(graph, object, found) as StackObject<VariantView> | undefined;
}

function modelOf(graph: Graph, workload: ServingWorkload): string | undefined {
  return variantFor(graph, workload)?.view.modelId?.value ?? workload.server.model;
}

function standTogether(graph: Graph, a: StackObject, b: StackObject): boolean {
  if (!namespacesAgree(a, b)) return false;
  if (dirname(a.path) === dirname(b.path)) return true;
  return graph.layout.worldsOf(a.path).some(({ files }) => files.has(b.path));
}

/** The one model there is, or the one of an object that is named. */
export function chosenModel(
  models: readonly ServedModel[],
  target: string | undefined,
  graph: Graph,
): Found<ServedModel> {
  const [only, ...others] = models;
  if (only === undefined) return { mistake: "No vLLM server stands in these files." };
  const names = models.flatMap(({ workloads }) => workloads.map(({ name }) => name));
  const some = [...new Set(names)].slice(0, mostNamed).join(", ");
  if (target === undefined) {
    if (others.length === 0) return only;
    return { mistake: `${models.length} models are served here. Say which with --target NAME: ${some}.` };
  }
  const found = models.filter(({ workloads }) => workloads.some((workload) => isCalled(graph, workload, target)));
  const [one, ...more] = found;
  if (one === undefined) return { mistake: `Nothing called "${target}" serves a model here. There are ${some}.` };
  if (more.length > 0) return { mistake: `Several objects are called "${target}". Name the path of one of them.` };
  return one;
}

/** By its own name, its variant's, or its autoscaler's. */
function isCalled(graph: Graph, workload: ServingWorkload, target: string): boolean {
  if (workload.name === target || variantFor(graph, workload)?.name?.value === target) return true;
  const scalers = graph.lookup(`target/${workload.object.apiKind}/${workload.name}`);
  return scalers.some((scaler) => scaler.name?.value === target && standTogether(graph, scaler, workload.object));
}
