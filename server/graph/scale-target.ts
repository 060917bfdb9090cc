import type { ScaleTarget } from "../kinds/hpa/scale-target.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import type { Graph } from "./graph.ts";
import { dirname } from "./paths.ts";
import { nearest, nearestOne } from "./scope.ts";

const workloadKinds = new Set(["deployment", "stateful-set", "leader-worker-set"]);

export function isWorkload(object: StackObject): object is StackObject<Workload> {
  return workloadKinds.has(object.kind.id);
}

/** The object an autoscaler or a variant points to. */
export function targetOf(graph: Graph, from: StackObject, target: ScaleTarget | undefined): StackObject | undefined {
  if (target === undefined) return undefined;
  return nearestOne(graph, from, graph.lookup(`name/${target.kind}/${target.name.value}`));
}

export function workloadOf(
  graph: Graph,
  from: StackObject,
  target: ScaleTarget | undefined,
): StackObject<Workload> | undefined {
  const found = targetOf(graph, from, target);
  return found !== undefined && isWorkload(found) ? found : undefined;
}

/** The VariantAutoscaling that speaks for a target, when exactly one does. */
export function variantOf(graph: Graph, from: StackObject, target: ScaleTarget | undefined): StackObject | undefined {
  if (target === undefined) return undefined;
  return nearestOne(graph, from, graph.lookup(`variant-of/${target.kind}/${target.name.value}`));
}

/**
 * The objects among which a target should have been: those of its kind in the same kustomization or directory. Empty
 * when objects may come from where we cannot look (a remote base, a chart, a template, a broken file).
 */
export function wouldBeTargets(graph: Graph, from: StackObject, target: ScaleTarget): readonly StackObject[] {
  if (graph.lookup(`name/${target.kind}/${target.name.value}`).length > 0) return [];
  const worlds = graph.layout.worldsOf(from.path);
  const directories = new Set([from.path, ...worlds.flatMap(({ files }) => [...files])].map(dirname));
  if (worlds.some(({ open }) => open) || [...directories].some((directory) => graph.hasUnreadable(directory)))
    return [];
  const known = graph.lookup(`api/${target.kind}`);
  const near = known.filter(
    ({ path }) => directories.has(dirname(path)) || worlds.some(({ files }) => files.has(path)),
  );
  return nearest(graph, from, near);
}
