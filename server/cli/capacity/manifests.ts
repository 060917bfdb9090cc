import { repositoryAbove } from "../../disk/repository.ts";
import { Graph } from "../../graph/graph.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import { Workspace } from "../../graph/workspace.ts";
import { kinds } from "../../kinds/registry.ts";
import type { StackObject } from "../../kinds/stack-object.ts";
import { deployment } from "../../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../../kinds/workload/pod-template.ts";
import { statefulSet } from "../../kinds/workload/stateful-set.ts";
import { type ModelServer, modelServers } from "../../scenario/model-server.ts";
import type { InputFile } from "../inputs/input.ts";
import { Base } from "../lint/base.ts";

/** A vLLM server with the file that it stands in. */
export interface PlacedServer {
  readonly file: string;
  readonly server: ModelServer;
}

/** The vLLM servers of these files, in their order. Patches are parts of objects and are left out. */
export function serversIn(files: readonly InputFile[], configs: readonly InputFile[], cwd: string): PlacedServer[] {
  const root = repositoryAbove(cwd)?.root ?? cwd;
  const base = new Base(
    cwd,
    root,
    [...configs, ...files].map(({ absolute }) => absolute),
  );
  const workspace = new Workspace(kinds);
  for (const { absolute, text } of [...configs, ...files]) workspace.update(base.pathOf(absolute), text);
  const graph = new Graph(workspace);
  return [deployment, statefulSet, leaderWorkerSet].flatMap(({ id }) =>
    graph.lookup(`kind/${id}`).flatMap((object) =>
      modelServers(object as StackObject<Workload>, settingsFor(workspace, object.path)).map((server) => ({
        file: base.nameOf(object.path),
        server,
      })),
    ),
  );
}
