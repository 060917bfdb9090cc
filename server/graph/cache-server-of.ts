import { type CacheServerCommand, cacheServers } from "../kinds/lmcache/server-command.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Container } from "../kinds/workload/container.ts";
import { cacheServerKey } from "../kinds/workload/keys.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import type { Graph } from "./graph.ts";
import { nearestOne } from "./scope.ts";

/** The `lmcache server` that the engines of a workload talk to. */
export interface CacheServer {
  readonly object: StackObject<Workload>;
  readonly container: Container;
  readonly command: CacheServerCommand;
}

/** Absent where there is none in the files, or more than one. */
export function cacheServerOf(graph: Graph, workload: StackObject<Workload>): CacheServer | undefined {
  const object = nearestOne(graph, workload, graph.lookup(cacheServerKey)) as StackObject<Workload> | undefined;
  const found = (object?.view.template?.containers ?? []).flatMap((container) =>
    cacheServers(container).map((command) => ({ container, command })),
  );
  const [only, ...others] = found;
  const readable = object !== undefined && only?.command.complete === true && !graph.layout.isPatch(object.path);
  return readable && others.length === 0 ? { object, ...only } : undefined;
}
