import { configFileName } from "../../config/settings.ts";
import { stackAround } from "../../forecast/stack-scope.ts";
import { dirname, joinPath } from "../../graph/paths.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import type { Workspace } from "../../graph/workspace.ts";
import { type ConfigFiles, configJsonOf } from "../../scenario/catalogue.ts";
import type { Found } from "../../scenario/found.ts";
import type { WorkspaceFiles } from "../disk.ts";
import { diskPath, uriBelow } from "../uris.ts";
import type { Files } from "./inquiry.ts";

/** Of hostile thousands the first ones tell enough. */
const mostModels = 20;

/** Files of a folder, and where their paths begin. */
export interface Ground {
  readonly workspace: Workspace;
  /** A URI; the paths are below it. */
  readonly base: string;
}

/** The stack of a file, with everything that is read beside its texts. */
export function filesAround({ workspace, base }: Ground, path: string, disk: WorkspaceFiles): Found<Files> {
  const scope = stackAround(workspace, path);
  if (scope.size === 0) return { mistake: "No vLLM server stands in the files that belong to this one." };
  const texts = new Map<string, string>();
  for (const one of [...scope].sort()) {
    const text = workspace.files.get(one)?.text;
    if (text !== undefined) texts.set(one, text);
  }
  return { path, texts, base, configs: configsRead({ workspace, base }, path, disk) };
}

/** The config.json of the models that the configuration nearest to a file describes by one. */
function configsRead({ workspace, base }: Ground, path: string, disk: WorkspaceFiles): ConfigFiles {
  const { models } = settingsFor(workspace, path);
  const named = [...new Set(models.flatMap(({ config }) => config ?? []))].slice(0, mostModels);
  const directory = configDirectory(path, workspace);
  const read = new Map<string, Found<object>>();
  for (const config of named) read.set(config, configAt(uriBelow(base, joinPath(directory, config)), config, disk));
  return read;
}

function configDirectory(path: string, { files }: Workspace): string {
  for (let directory = dirname(path); ; directory = dirname(directory)) {
    if (directory === "" || files.has(`${directory}/${configFileName}`)) return directory;
  }
}

function configAt(uri: string, name: string, disk: WorkspaceFiles): Found<object> {
  const path = diskPath(uri);
  const found = path === undefined ? undefined : disk.read(path);
  if (found === undefined) return { mistake: `${name}: No such file or directory.` };
  return "reason" in found ? { mistake: `${name}: ${found.reason}` } : configJsonOf(found.text, name);
}
