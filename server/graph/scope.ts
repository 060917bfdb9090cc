import type { StackObject } from "../kinds/stack-object.ts";
import type { Graph } from "./graph.ts";
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

/** Whether two objects are certain to meet in one cluster: one kustomization builds both, or no kustomization parts them. */
export function meet(graph: Graph, a: StackObject, b: StackObject): boolean {
  if (!namespacesAgree(a, b)) return false;
  if (a.path === b.path) return true;
  const worlds = graph.layout.worldsOf(a.path);
  if (worlds.length > 0) return worlds.some((world) => world.files.has(b.path));
  return dirname(a.path) === dirname(b.path) && graph.layout.worldsOf(b.path).length === 0;
}

/** A namespace that is not written may be any: kustomize and kubectl fill it in. */
export function namespacesAgree(a: StackObject, b: StackObject): boolean {
  return a.namespace === undefined || b.namespace === undefined || a.namespace === b.namespace;
}
