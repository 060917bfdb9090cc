import { DiagnosticSeverity } from "vscode-languageserver/node";
import { Graph } from "../graph/graph.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { topologyAround } from "../topology/around.ts";
import { mermaidText } from "../topology/mermaid.ts";
import { topologyOf } from "../topology/topology.ts";
import { placeOf, within } from "../topology/within.ts";
import type { Folder } from "./folder.ts";
import type { Topology } from "./preview/messages.ts";

export const noTopology: Topology = { mermaid: "", nodes: [], edges: [] };

/** How the objects of a file's stack hang together, with what was found in each. */
export function topologyOfFile(folder: Folder, uri: string): Topology {
  const path = folder.pathOf(uri);
  if (path === undefined) return noTopology;
  const { nodes, edges } = topologyAround(topologyOf(new Graph(folder.workspace)), path);
  const counts = (object: StackObject) => {
    const found = within(object, folder.reportOf(folder.uriOf(object.path))?.diagnostics ?? []);
    const count = (severity: DiagnosticSeverity) => found.filter((one) => one.severity === severity).length;
    return { errors: count(DiagnosticSeverity.Error), warnings: count(DiagnosticSeverity.Warning) };
  };
  return {
    mermaid: nodes.length === 0 ? "" : mermaidText({ nodes, edges }, counts),
    nodes: nodes.map(({ id, kind, name, object }) => ({
      id,
      kind,
      name,
      path: folder.uriOf(object.path),
      range: placeOf(object),
      ...counts(object),
    })),
    edges,
  };
}
