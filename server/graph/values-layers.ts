import type { StackObject } from "../kinds/stack-object.ts";
import type { Graph } from "./graph.ts";
import { dirname } from "./paths.ts";

/**
 * Whether a values file is the only one of its chart around: Helm lays several over each other, so a key that is absent
 * from one of them may stand in the next.
 */
export function standsAlone(graph: Graph, values: StackObject): boolean {
  const here = dirname(values.path);
  return graph.lookup(`kind/${values.kind.id}`).every((other) => {
    const there = dirname(other.path);
    return other === values || !(here === there || isBelow(here, there) || isBelow(there, here));
  });
}

function isBelow(directory: string, other: string): boolean {
  return other === "" || directory.startsWith(`${other}/`);
}
