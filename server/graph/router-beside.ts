import type { EppView } from "../kinds/epp/kind.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import type { Graph } from "./graph.ts";
import { meet } from "./scope.ts";

/** The one configuration of an endpoint picker that is applied together with an object. */
export function routerBeside(graph: Graph, object: StackObject): StackObject<EppView> | undefined {
  const all = graph.lookup("kind/epp-config") as readonly StackObject<EppView>[];
  const routers = all.filter((router) => meet(graph, object, router) !== undefined);
  return routers.length === 1 ? routers[0] : undefined;
}
