import type { Settings } from "../config/settings.ts";
import { Graph } from "../graph/graph.ts";
import { settingsFor } from "../graph/settings-for.ts";
import { Workspace } from "../graph/workspace.ts";
import { kinds } from "../kinds/registry.ts";
import { chosenModel, servedModels } from "../scenario/served-models.ts";

/** Texts of files by their paths. */
export type Texts = ReadonlyMap<string, string>;

/** The files of one stack and nothing beside: what is simulated. Kept between two questions, it reads only what changed. */
export class Stack {
  readonly workspace = new Workspace(kinds);

  take(texts: Texts): void {
    const { files } = this.workspace;
    for (const path of [...files.keys()]) if (!texts.has(path)) this.workspace.remove(path);
    for (const [path, text] of texts) if (files.get(path)?.text !== text) this.workspace.update(path, text);
  }

  settingsOf(path: string): Settings {
    return settingsFor(this.workspace, path);
  }

  /** Those that its command lines name. */
  modelNames(): string[] {
    const served = servedModels(new Graph(this.workspace), (path) => this.settingsOf(path));
    return served.flatMap(({ workloads }) => workloads.flatMap(({ server }) => server.model ?? []));
  }

  /** The model that a file is about, by what `target` may be; where it is about several or none, the first. */
  targetOf(path: string): string | undefined {
    const graph = new Graph(this.workspace);
    const served = servedModels(graph, (other) => this.settingsOf(other));
    if (served.length < 2) return undefined;
    const file = this.workspace.files.get(path);
    const names = file === undefined ? [] : this.workspace.objectsIn(file).flatMap(({ name }) => name?.value ?? []);
    return names.find((name) => !("mistake" in chosenModel(served, name, graph))) ?? served[0]?.workloads[0]?.name;
  }

  /** Each model that is served, by the name of one of its workloads. */
  targets(): string[] {
    const served = servedModels(new Graph(this.workspace), (path) => this.settingsOf(path));
    return [...new Set(served.flatMap(({ workloads }) => workloads[0]?.name ?? []))];
  }
}
