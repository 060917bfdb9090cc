import { Graph } from "../../graph/graph.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import { servedModels } from "../../scenario/served-models.ts";
import { topologyOf } from "../../topology/topology.ts";
import type { Folder } from "../folder.ts";
import type { Stacks } from "./tree.ts";

export function stacksIn(folder: Folder): Stacks {
  const { workspace } = folder;
  const graph = new Graph(workspace);
  return {
    models: servedModels(graph, (path) => settingsFor(workspace, path)),
    topology: topologyOf(graph),
    uriOf: (path) => folder.uriOf(path),
    diagnosticsOf: (path) => folder.reportOf(folder.uriOf(path))?.diagnostics ?? [],
  };
}
