import type { ScaleTarget } from "../kinds/hpa/scale-target.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import type { Graph } from "./graph.ts";
import type { World } from "./layout.ts";
import { makersIn, makersKey } from "./makers.ts";
import { dirname } from "./paths.ts";
import { isRewired, nearest, nearestOne } from "./scope.ts";

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
 * when the target may stand where we cannot look: in a remote base, a chart, a template, a broken file, a file that was
 * not handed in, a patch, or in no file at all, because a controller makes it.
 */
export function wouldBeTargets(graph: Graph, from: StackObject, target: ScaleTarget): readonly StackObject[] {
  if (graph.lookup(`name/${target.kind}/${target.name.value}`).length > 0) return [];
  const directories = seenWhole(graph, from, target.kind);
  const named = (name: string | undefined) => name !== undefined && target.name.value.includes(name);
  if (directories === undefined || graph.lookup(makersKey).some(({ name }) => named(name?.value))) return [];
  const known = graph.lookup(`api/${target.kind}`).filter(({ path }) => directories.has(dirname(path)));
  if (known.some(({ name }) => name === undefined)) return [];
  // kustomize knows no names inside ScaledObjects and the like: there people write the name with its prefix themselves.
  const worlds = graph.layout.worldsOf(from.path);
  const affixed = worlds.some(({ kustomizations }) => kustomizations.some(({ affixes }) => affixes));
  if (affixed && known.some(({ name }) => named(name?.value))) return [];
  return nearest(graph, from, known);
}

/**
 * The directories whose objects meet an object, its kustomizations' and its own. Absent where objects of a kind may come
 * from where we cannot look.
 */
export function seenWhole(graph: Graph, from: StackObject, kind: string): ReadonlySet<string> | undefined {
  const worlds = graph.layout.worldsOf(from.path);
  const directories = new Set([from.path, ...worlds.flatMap(({ files }) => [...files])].map(dirname));
  const elsewhere =
    worlds.some((world) => mayHoldMore(graph, world) || isRewired(graph, world)) ||
    [...directories].some((directory) => graph.hasUnreadable(directory)) ||
    makersNear(graph, directories, kind);
  return elsewhere ? undefined : directories;
}

/** Whether objects may come in that are not in the files we have: from a remote base or chart, or from a file not given. */
function mayHoldMore(graph: Graph, { kustomizations, files }: World): boolean {
  return kustomizations.some(({ foreign }) => foreign) || [...files].some((path) => graph.textOf(path) === undefined);
}

function makersNear(graph: Graph, directories: ReadonlySet<string>, kind: string): boolean {
  return [...directories].some((directory) =>
    graph.lookup(makersIn(directory)).some(({ apiKind }) => apiKind !== kind),
  );
}
