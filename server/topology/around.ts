import type { Role } from "./members.ts";
import type { Topology, TopologyNode } from "./topology.ts";

/** Many stacks share these: the way does not go on through them. */
const shared: ReadonlySet<Role> = new Set(["gateway", "thresholds"]);

/** More cannot be read in one picture. */
const mostNodes = 120;

/** The part of a topology that a file belongs to: what stands in it, and all that hangs together with that. */
export function topologyAround({ nodes, edges }: Topology, path: string): Topology {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const beside = new Map<string, string[]>();
  for (const { from, to } of edges) {
    beside.set(from, [...(beside.get(from) ?? []), to]);
    beside.set(to, [...(beside.get(to) ?? []), from]);
  }
  const own = nodes.filter(({ object }) => object.path === path);
  const found = new Set(own.map(({ id }) => id));
  // A Set goes on over what is added to it meanwhile.
  for (const id of found) {
    if (found.size >= mostNodes) break;
    const node = byId.get(id) as TopologyNode;
    if (shared.has(node.role) && !own.includes(node)) continue;
    for (const other of beside.get(id) ?? []) found.add(other);
  }
  return partOf({ nodes, edges }, (node) => found.has(node.id));
}

function partOf({ nodes, edges }: Topology, isIn: (node: TopologyNode) => boolean): Topology {
  const kept = nodes.filter(isIn).slice(0, mostNodes);
  const ids = new Set(kept.map(({ id }) => id));
  return { nodes: kept, edges: edges.filter(({ from, to }) => ids.has(from) && ids.has(to)) };
}
