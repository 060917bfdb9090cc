import { environmentOfPath } from "../config/environment.ts";
import { isRewiring } from "../kinds/kustomization/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { at, resolve } from "../text/read.ts";
import type { Graph } from "./graph.ts";
import type { World } from "./layout.ts";
import { dirname } from "./paths.ts";

/**
 * The candidates nearest to an object: those of its own kustomization, else of a wider one, else of its directory, else
 * of the workspace. More than one means that nobody can tell which is meant.
 */
export function nearest(
  graph: Graph,
  from: StackObject,
  candidates: readonly StackObject[],
  where: "same-namespace" | "any-namespace" = "same-namespace",
): readonly StackObject[] {
  const possible = where === "any-namespace" ? candidates : candidates.filter((other) => namespacesAgree(from, other));
  if (possible.length === 0) return possible;
  for (const level of levels(graph, from)) {
    const found = possible.filter((candidate) => level(candidate.path));
    if (found.length > 0) return found;
  }
  return possible;
}

/** The one candidate nearest to an object; absent when there is none or the choice is not clear. */
export function nearestOne(
  graph: Graph,
  from: StackObject,
  candidates: readonly StackObject[],
): StackObject | undefined {
  const found = nearest(graph, from, candidates);
  return found.length === 1 ? found[0] : undefined;
}

function* levels(graph: Graph, from: StackObject): Generator<(path: string) => boolean> {
  const [own, ...wider] = graph.layout.worldsOf(from.path);
  if (own !== undefined) yield (path) => own.files.has(path);
  if (wider.length > 0) yield (path) => wider.some((world) => world.files.has(path));
  const directory = dirname(from.path);
  yield (path) => dirname(path) === directory;
}

/**
 * Whether two objects meet in one namespace of one cluster. Certain: one file holds both, or one kustomization builds
 * both. Likely: both stand in one directory that no kustomization parts; people keep alternatives there too.
 */
export function meet(graph: Graph, a: StackObject, b: StackObject): "certain" | "likely" | undefined {
  const { layout } = graph;
  const worlds = layout.worldsOf(a.path).filter(({ files }) => files.has(b.path));
  if (worlds.length > 0) {
    // An overlay that takes objects away puts its base in doubt as well: nobody applies that alone.
    const changed = worlds.filter((world) => isRewired(graph, world));
    const whole = worlds.filter((world) => isBuiltWhole(graph, world, a, b));
    return whole.some(({ path }) => !changed.some(({ files }) => files.has(path))) ? "certain" : undefined;
  }
  if (writtenNamespace(a) !== writtenNamespace(b)) return undefined;
  if (a.path === b.path) return "certain";
  const beside =
    dirname(a.path) === dirname(b.path) &&
    layout.worldsOf(a.path).length + layout.worldsOf(b.path).length === 0 &&
    environmentOfPath(a.path) === environmentOfPath(b.path);
  return beside ? "likely" : undefined;
}

/** Whether nothing in a kustomization gives one of two objects another name or namespace than the other. */
function isBuiltWhole(graph: Graph, world: World, a: StackObject, b: StackObject): boolean {
  if (world.kustomizations[0]?.namespace === undefined && writtenNamespace(a) !== writtenNamespace(b)) return false;
  const inner = [a, b].flatMap(({ path }) => graph.layout.worldsOf(path));
  return !inner.some(({ path, files, kustomizations: [own] }) => {
    const holdsOne = world.files.has(path) && files.has(a.path) !== files.has(b.path);
    return holdsOne && (own?.affixes === true || own?.namespace !== undefined);
  });
}

/** Whether a kustomization takes objects away, renames them or points them elsewhere, so that files alone mislead. */
export function isRewired(graph: Graph, { kustomizations, patches }: World): boolean {
  return (
    kustomizations.some(({ rewires }) => rewires) || [...patches].some((path) => isRewiring(graph.textOf(path) ?? ""))
  );
}

/** As it stands there, also when it is filled in later. */
/** What stands in a ConfigMap or in a workload is where that is. */
function writtenNamespace({ root, doc: { carrier } }: StackObject): string | undefined {
  const node = resolve(at(carrier === undefined ? root : carrier.node.doc.root, "metadata", "namespace"));
  return node?.type === "scalar" ? node.text : undefined;
}

/** A namespace that is not written may be any: kustomize and kubectl fill it in. */
export function namespacesAgree(a: StackObject, b: StackObject): boolean {
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}
