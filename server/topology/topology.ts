import type { Graph } from "../graph/graph.ts";
import { inReadingOrder } from "../graph/workspace.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { edgesFrom } from "./edges.ts";
import { kindOf, membersOf, type Role, roleOf } from "./members.ts";

/** How the objects of a stack hang together. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}

export interface TopologyNode {
  /** Of this topology alone: `n0`. */
  readonly id: string;
  readonly role: Role;
  readonly kind: string;
  readonly name: string;
  readonly object: StackObject;
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  /** What one does with the other: `scales`, `reads`. */
  readonly label: string;
}

/** The workspace's stacks: whatever serves a model, and what leads to it, scales it or configures it. */
export function topologyOf(graph: Graph): Topology {
  const members = membersOf(graph);
  const links = members.flatMap((member) => edgesFrom(graph, member));
  const objects = [...new Set([...members, ...links.flatMap(({ from, to }) => [from, to])])].sort(inReadingOrder);
  const nodes = objects.flatMap((object) => nodeOf(graph, object)).map((node, index) => ({ ...node, id: `n${index}` }));
  const idOf = new Map(nodes.map(({ id, object }) => [object, id]));
  const edges = new Map<string, TopologyEdge>();
  for (const link of links) {
    const [from, to] = [idOf.get(link.from), idOf.get(link.to)];
    if (from === undefined || to === undefined || from === to) continue;
    const key = `${from} ${to}`;
    if (!edges.has(key)) edges.set(key, { from, to, label: link.label });
  }
  return { nodes, edges: [...edges.values()] };
}

function nodeOf(graph: Graph, object: StackObject): Omit<TopologyNode, "id">[] {
  const role = roleOf(object);
  return role === undefined ? [] : [{ role, kind: kindOf(graph, object), name: object.name?.value ?? "", object }];
}
