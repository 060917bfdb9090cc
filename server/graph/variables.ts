import type { StackObject } from "../kinds/stack-object.ts";
import { type Container, envOf } from "../kinds/workload/container.ts";
import type { Node } from "../text/node.ts";
import { itemsAt, type Placed, stringAt } from "../text/read.ts";
import type { Graph } from "./graph.ts";
import { nearestOne } from "./scope.ts";

/** A variable as a container sees it. Unknown: it is set, but not to anything these files tell. */
export type Variable = Placed<string> | "unknown" | undefined;

export function variableOf(graph: Graph, workload: StackObject, container: Container, name: string): Variable {
  const own = envOf(container, name);
  if (own !== undefined) return own.value ?? referenced(graph, workload, own.node) ?? "unknown";
  // Of several sources the last one wins; `env` wins over all.
  for (const source of [...itemsAt(container.root, "envFrom")].reverse()) {
    const prefix = stringAt(source, "prefix")?.value ?? "";
    const map = configMapNamed(graph, workload, stringAt(source, "configMapRef", "name")?.value);
    const value = name.startsWith(prefix) ? stringAt(map?.root, "data", name.slice(prefix.length)) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}

function referenced(graph: Graph, workload: StackObject, variable: Node): Placed<string> | undefined {
  const key = stringAt(variable, "valueFrom", "configMapKeyRef", "key")?.value;
  const name = stringAt(variable, "valueFrom", "configMapKeyRef", "name")?.value;
  return key === undefined ? undefined : stringAt(configMapNamed(graph, workload, name)?.root, "data", key);
}

/** The ConfigMap that a workload names, when exactly one can be meant. */
export function configMapNamed(graph: Graph, workload: StackObject, name: string | undefined): StackObject | undefined {
  return name === undefined ? undefined : nearestOne(graph, workload, graph.lookup(`name/ConfigMap/${name}`));
}
