import { routerArgument, routerCommands } from "../kinds/epp/arguments.ts";
import { inferencePool, oldInferencePool } from "../kinds/inference-pool/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { readServers, type VllmServer } from "../kinds/vllm/command-line.ts";
import type { Container } from "../kinds/workload/container.ts";
import type { Graph } from "./graph.ts";
import { type Pool, podsOfPool } from "./pools.ts";
import { routersOf } from "./router-version.ts";
import { isWorkload } from "./scale-target.ts";
import { meet, nearest } from "./scope.ts";

/** A vLLM server to which an endpoint picker sends requests. */
export interface RoutedServer {
  readonly object: StackObject;
  readonly container: Container;
  readonly server: VllmServer;
}

/** The vLLM servers of the pool that a configuration's router is for; none where that is not clear. */
export function routedServers(graph: Graph, config: StackObject): readonly RoutedServer[] {
  const pool = poolOf(graph, config);
  if (pool === undefined) return [];
  return podsOfPool(graph, pool).flatMap(({ object, template }) => {
    if (graph.layout.changesTo(object.path).length > 0) return [];
    return template.containers.flatMap((container) =>
      readServers(container, undefined).map((server) => ({ object, container, server })),
    );
  });
}

/** The pool that the router names, else the only one that is applied together with its configuration. */
function poolOf(graph: Graph, config: StackObject): Pool | undefined {
  const names = new Set(routersOf(graph, config).flatMap(poolNames));
  const [name] = names;
  if (names.size > 1) return undefined;
  const pools =
    name === undefined
      ? [inferencePool, oldInferencePool]
          .flatMap(({ id }) => graph.lookup(`kind/${id}`))
          .filter((pool) => meet(graph, config, pool) !== undefined)
      : nearest(graph, config, graph.lookup(`name/InferencePool/${name}`));
  return pools.length === 1 ? (pools[0] as Pool) : undefined;
}

function poolNames(router: StackObject): string[] {
  if (!isWorkload(router)) return [];
  return routerCommands(router.view).flatMap((command) => routerArgument(command, "pool-name")?.value?.text ?? []);
}
