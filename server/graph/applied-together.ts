import { environmentOfPath } from "../config/environment.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import type { Graph } from "./graph.ts";
import { dirname } from "./paths.ts";
import { isWorkload } from "./scale-target.ts";
import { isRewired } from "./scope.ts";
import { kindIn } from "./workspace.ts";

/** Files whose objects meet in one cluster. */
export interface Gathering {
  readonly directories: ReadonlySet<string>;
  has(path: string): boolean;
}

/**
 * What is applied together with an object: what each kustomization around it builds, else the files of its directory.
 * None where a kustomization takes objects away or renames them, so that the files alone do not say what is built.
 */
export function gatheringsAround(graph: Graph, object: StackObject): readonly Gathering[] {
  const { layout } = graph;
  const worlds = layout.worldsOf(object.path);
  const directory = dirname(object.path);
  if (worlds.length === 0) {
    const environment = environmentOfPath(object.path);
    const has = (path: string) =>
      path === object.path ||
      (dirname(path) === directory && environmentOfPath(path) === environment && layout.worldsOf(path).length === 0);
    return [{ directories: new Set([directory]), has }];
  }
  return worlds
    .filter((world) => !isRewired(graph, world))
    .map(({ files }) => ({ directories: new Set([...files].map(dirname)), has: (path) => files.has(path) }));
}

/** The objects of a kind in a gathering, in the order of their files. */
export function objectsIn(graph: Graph, { directories, has }: Gathering, apiKind: string): readonly StackObject[] {
  return [...directories]
    .sort()
    .flatMap((directory) => graph.lookup(kindIn(apiKind, directory)))
    .filter(({ path }) => has(path));
}

export function workloadsIn(graph: Graph, gathering: Gathering): readonly StackObject<Workload>[] {
  return ["Deployment", "StatefulSet", "LeaderWorkerSet"].flatMap((kind) =>
    objectsIn(graph, gathering, kind).filter(isWorkload),
  );
}
