import type { StackObject } from "../kinds/stack-object.ts";
import type { SaturationEntry, SaturationView } from "../kinds/wva/saturation.ts";
import type { Graph } from "./graph.ts";
import { nearest } from "./scope.ts";

/**
 * The entries of the saturation ConfigMap nearest to an object; none when it is not clear which one counts. WVA keeps
 * its ConfigMap in a namespace of its own, so namespaces do not part the two.
 */
export function saturationEntriesFor(graph: Graph, from: StackObject): readonly SaturationEntry[] {
  const configs = graph.lookup("kind/wva-saturation") as StackObject<SaturationView>[];
  const found = nearest(graph, from, configs, "any-namespace") as readonly StackObject<SaturationView>[];
  return found.length === 1 ? (found[0]?.view.entries ?? []) : [];
}
