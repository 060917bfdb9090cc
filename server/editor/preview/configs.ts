import { configFileName } from "../../config/settings.ts";
import { dirname, joinPath } from "../../graph/paths.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import type { Workspace } from "../../graph/workspace.ts";
import { type ConfigFiles, configJsonOf } from "../../scenario/catalogue.ts";
import type { Found } from "../../scenario/found.ts";
import type { WorkspaceFiles } from "../disk.ts";
import { diskPath, uriBelow } from "../uris.ts";

export interface Asking {
  readonly workspace: Workspace;
  /** Of the file that is asked about. */
  readonly path: string;
  readonly texts: ReadonlyMap<string, string>;
  /** A URI; the paths are below it. */
  readonly base: string;
}

/** Of hostile thousands the first ones tell enough. */
const mostModels = 20;

/** The config.json of the models that the configuration nearest to a file describes by one. */
export async function configsRead(
  { workspace, path, texts, base }: Asking,
  disk: WorkspaceFiles,
): Promise<ConfigFiles> {
  const { models } = settingsFor(workspace, path);
  const named = [...new Set(models.flatMap(({ config }) => config ?? []))].slice(0, mostModels);
  const directory = configDirectory(path, texts);
  const read = new Map<string, Found<object>>();
  for (const config of named)
    read.set(config, await configAt(uriBelow(base, joinPath(directory, config)), config, disk));
  return read;
}

function configDirectory(path: string, texts: ReadonlyMap<string, string>): string {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if (directory === "" || texts.has(`${directory}/${configFileName}`)) return directory;
  }
}

async function configAt(uri: string, name: string, disk: WorkspaceFiles): Promise<Found<object>> {
  const path = diskPath(uri);
  const found = path === undefined ? undefined : await disk.read(path);
  if (found === undefined) return { mistake: `${name}: No such file or directory.` };
  return "reason" in found ? { mistake: `${name}: ${found.reason}` } : configJsonOf(found.text, name);
}
