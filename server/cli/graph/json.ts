import type { StackObject } from "../../kinds/stack-object.ts";
import type { Topology } from "../../topology/topology.ts";
import { placeOf } from "../../topology/within.ts";
import { printed } from "../report/json.ts";
import type { Counts } from "./counts.ts";

/** Lines and UTF-16 characters from zero, as in the Language Server Protocol. Keys are only ever added to version 1. */
export function topologyInJson(
  { nodes, edges }: Topology,
  countsOf: (object: StackObject) => Counts,
  nameOf: (path: string) => string,
): string {
  const told = nodes.map(({ id, role, kind, name, object }) => ({
    id,
    role,
    kind,
    name,
    namespace: object.namespace ?? null,
    file: nameOf(object.path),
    range: placeOf(object),
    ...countsOf(object),
  }));
  return printed({ version: 1, nodes: told, edges });
}
