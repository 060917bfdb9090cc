import { configFileName } from "../config/settings.ts";
import { autoscalersOf } from "../graph/autoscalers.ts";
import { Graph } from "../graph/graph.ts";
import type { World } from "../graph/layout.ts";
import { dirname } from "../graph/paths.ts";
import { settingsFor } from "../graph/settings-for.ts";
import type { Workspace } from "../graph/workspace.ts";
import type { StackObject } from "../kinds/stack-object.ts";
import { deployment } from "../kinds/workload/deployment.ts";
import { leaderWorkerSet } from "../kinds/workload/leader-worker-set.ts";
import type { Workload } from "../kinds/workload/pod-template.ts";
import { statefulSet } from "../kinds/workload/stateful-set.ts";
import { modelServers } from "../scenario/model-server.ts";
import { rememberedIn } from "../text/remembered.ts";

type Files = ReadonlySet<string>;

/** What stands beside the stacks of a cluster and counts for all of them. */
const sharedKinds = ["wva-saturation", "wva-manager", "wva-manager-file", "node-pool"];

/**
 * The files that are simulated together with one: what its kustomization builds, else its directory and what is below, else
 * the nearest directory above with a model server; never across another kustomization. What counts for a whole cluster comes
 * along, and a file of that sort has the stacks that it counts for. Empty: no model server belongs to the file.
 */
export function stackAround(workspace: Workspace, path: string): Files {
  const scope = new Scope(workspace);
  const own = scope.worldAround(path) ?? scope.directoryAround(path) ?? scope.stacksUnder(path);
  return own.size === 0 ? own : scope.withConfigurations(scope.withShared(own));
}

class Scope {
  private readonly workspace: Workspace;
  private readonly graph: Graph;
  private readonly servers: readonly StackObject<Workload>[];
  private readonly worlds: readonly World[];

  constructor(workspace: Workspace) {
    this.workspace = workspace;
    this.graph = new Graph(workspace);
    this.servers = [deployment, statefulSet, leaderWorkerSet]
      .flatMap(({ id }) => workspace.defined(`kind/${id}`) as readonly StackObject<Workload>[])
      .filter((object) => servesModels(object, workspace));
    this.worlds = workspace.lookup("kind/kustomization").flatMap((object) => this.worldBy(object.path) ?? []);
  }

  /** The smallest with a model server and what scales it, else the smallest with a model server. */
  worldAround(path: string): Files | undefined {
    const around = this.worldsWith(path);
    const served = around.filter(({ files }) => this.serversIn(files).length > 0);
    const whole = served.find(({ files }) => this.serversIn(files).some((server) => this.isScaledIn(server, files)));
    const world = whole ?? served[0];
    return world === undefined ? undefined : filesOf(world);
  }

  directoryAround(path: string): Files | undefined {
    if (this.worldsWith(path).length > 0) return undefined;
    const loose = [...this.workspace.files.keys()].filter((other) => this.worldsWith(other).length === 0);
    for (let directory = dirname(path); ; directory = dirname(directory)) {
      const files = new Set(loose.filter((other) => isBelow(other, directory)));
      if (this.serversIn(files).length > 0) return files;
      const isParted = this.worlds.some((world) => dirname(world.path) === directory);
      if (directory === "" || isParted) return undefined;
    }
  }

  /** Of a file for a whole cluster: everything that it counts for. */
  stacksUnder(path: string): Files {
    if (!this.sharedFiles().has(path)) return new Set();
    const found = new Set<string>();
    for (const server of this.servers) {
      if (found.has(server.path)) continue;
      const stack = this.worldAround(server.path) ?? this.directoryAround(server.path) ?? new Set<string>();
      if (this.withShared(stack).has(path)) for (const file of stack) found.add(file);
    }
    return found;
  }

  /** Of the nearest directory upwards that holds any of it, its own included; a configuration ends what belongs together. */
  withShared(stack: Files): Files {
    const shared = this.sharedFiles();
    const all = new Set(stack);
    for (const kind of sharedKinds) {
      const files = [...shared].filter((path) => this.holds(path, kind));
      if (files.length === 0 || [...stack].some((path) => this.holds(path, kind))) continue;
      for (const path of this.nearestUpwards(commonDirectory(stack), files)) all.add(path);
    }
    return all;
  }

  /** The configurations that speak of these files. */
  withConfigurations(stack: Files): Files {
    const configs = [...this.workspace.files.keys()].filter((path) => {
      const isConfig = path === configFileName || path.endsWith(`/${configFileName}`);
      return isConfig && [...stack].some((file) => isBelow(file, dirname(path)));
    });
    return new Set([...stack, ...configs]);
  }

  private nearestUpwards(from: string, files: readonly string[]): readonly string[] {
    for (let directory = from; ; directory = dirname(directory)) {
      const found = files.filter((path) => isBelow(path, directory));
      const isTop = directory === "" || this.workspace.files.has(`${directory}/${configFileName}`);
      if (found.length > 0 || isTop) return found;
    }
  }

  /** Files with something for a whole cluster, that are no part of a stack. */
  private sharedFiles(): Files {
    const objects = sharedKinds.flatMap((kind) => this.workspace.lookup(`kind/${kind}`));
    const apart = objects.filter(({ path }) => {
      const worlds = this.worldsWith(path);
      return worlds.every(({ files }) => this.serversIn(files).length === 0);
    });
    return new Set(apart.map(({ path }) => path));
  }

  private holds(path: string, kind: string): boolean {
    return this.workspace.lookup(`kind/${kind}`).some((object) => object.path === path);
  }

  private isScaledIn(server: StackObject<Workload>, files: Files): boolean {
    return autoscalersOf(this.graph, server).some(({ path }) => files.has(path));
  }

  private serversIn(files: Files): readonly StackObject<Workload>[] {
    return this.servers.filter(({ path }) => files.has(path));
  }

  /** The narrowest first. */
  private worldsWith(path: string): readonly World[] {
    return this.worlds
      .filter(({ files, patches }) => files.has(path) || patches.has(path))
      .sort((a, b) => a.files.size - b.files.size);
  }

  private worldBy(path: string): World | undefined {
    return this.workspace.layout.worldsOf(path).find((world) => world.path === path);
  }
}

/** Command lines are read once: an edit makes new objects of what it changed. */
const servesModels = rememberedIn(
  (object: StackObject<Workload>, workspace: Workspace): boolean =>
    modelServers(object, settingsFor(workspace, object.path)).length > 0,
);

function filesOf({ files, patches }: World): Files {
  return new Set([...files, ...patches]);
}

function isBelow(path: string, directory: string): boolean {
  return directory === "" || path.startsWith(`${directory}/`);
}

function commonDirectory(paths: Files): string {
  const [first = "", ...others] = paths;
  let directory = dirname(first);
  while (directory !== "" && !others.every((path) => isBelow(path, directory))) directory = dirname(directory);
  return directory;
}
