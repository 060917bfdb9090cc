import { basename, dirname, join, resolve } from "node:path";
import { Settings } from "../../config/settings.ts";
import type { FoundModel } from "../../engine/catalogue/find-model.ts";
import { Graph } from "../../graph/graph.ts";
import { settingsFor } from "../../graph/settings-for.ts";
import { Workspace } from "../../graph/workspace.ts";
import { kinds } from "../../kinds/registry.ts";
import type { Known } from "../../scenario/fills.ts";
import type { Found } from "../../scenario/found.ts";
import { servedModels } from "../../scenario/served-models.ts";
import { limits } from "../../text/limits.ts";
import { Catalogue } from "../capacity/catalogue.ts";
import { nearestConfigs } from "../inputs/context.ts";
import { readInputs } from "../inputs/inputs.ts";
import { repositoryAbove } from "../inputs/repository.ts";
import { Base } from "../lint/base.ts";
import { readConfigs } from "../lint/configs.ts";
import { problemLine } from "../report/trouble.ts";

/** A stack as it was read. */
export interface Stack {
  readonly workspace: Workspace;
  readonly known: Known;
  readonly problems: readonly string[];
  nameOf(path: string): string;
}

interface Request {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly paths: readonly string[];
  /** Of --model. */
  readonly model: string | undefined;
}

export async function stackIn({ cwd, stdin, paths, model }: Request): Promise<Stack> {
  const limit = limits.fileLength;
  const named = await readInputs({ cwd, paths, limit, stdin });
  const configs = await readConfigs(named.files, cwd, limit);
  const all = [...configs.files, ...named.files];
  const root = (await repositoryAbove(cwd))?.root ?? cwd;
  const base = new Base(
    cwd,
    root,
    all.map(({ absolute }) => absolute),
  );
  const workspace = new Workspace(kinds);
  for (const { absolute, text } of all) workspace.update(base.pathOf(absolute), text);
  const problems = [...named.problems, ...configs.problems].map((problem) => problemLine(problem).trimEnd());
  const [configFile] = await nearestConfigs(named.files);
  const settings = configFile === undefined ? new Settings() : settingsFor(workspace, pathIn(base, configFile));
  const known = await knownTo(workspace, new Catalogue(settings, configFile), model);
  return { workspace, known, problems, nameOf: (path) => base.nameOf(path) };
}

/** Somewhere beside the configuration: it is the nearest one from there. */
function pathIn(base: Base, configFile: string): string {
  return base.pathOf(join(dirname(resolve(configFile)), `${basename(configFile)}.here`));
}

/** Models whose shape stands in a file are read before anybody asks. */
async function knownTo(workspace: Workspace, catalogue: Catalogue, asked: string | undefined): Promise<Known> {
  const servers = servedModels(new Graph(workspace), (path) => settingsFor(workspace, path));
  const names = servers.flatMap(({ workloads }) => workloads.flatMap(({ server }) => server.model ?? []));
  const models = new Map<string, Found<FoundModel>>();
  for (const name of new Set([...names, ...(asked === undefined ? [] : [asked])]))
    models.set(name, await catalogue.model(name));
  return {
    gpu: (name) => catalogue.gpu(name),
    model: (name) => models.get(name) ?? { mistake: `The model "${name}" is not known.` },
  };
}
