import { basename, dirname, join, resolve } from "node:path";
import { Settings } from "../../config/settings.ts";
import { nearestConfigs } from "../../disk/nearest-config.ts";
import { repositoryAbove } from "../../disk/repository.ts";
import { Stack } from "../../forecast/stack.ts";
import type { Known } from "../../scenario/fills.ts";
import { limits } from "../../text/limits.ts";
import { catalogueFor } from "../capacity/catalogue.ts";
import type { Inputs } from "../inputs/input.ts";
import { readInputs } from "../inputs/inputs.ts";
import { Base } from "../lint/base.ts";
import { readConfigs } from "../lint/configs.ts";
import { problemLine } from "../report/trouble.ts";

/** A stack as it was read. */
export interface ReadStack {
  readonly stack: Stack;
  readonly known: Known;
  readonly problems: readonly string[];
  nameOf(path: string): string;
}

export interface Request {
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly paths: readonly string[];
  /** Of --model. */
  readonly model: string | undefined;
}

export async function stackIn({ cwd, stdin, paths, model }: Request): Promise<ReadStack> {
  const named = await readInputs({ cwd, paths, limit: limits.fileLength, stdin });
  const configs = readConfigs(named.files, cwd, limits.fileLength);
  const [configFile] = nearestConfigs(named.files);
  return stackOf({ named, configs, configFile }, cwd, model);
}

export interface Found {
  readonly named: Inputs;
  /** The configurations that they are judged by, and the one that counts for all of them. */
  readonly configs: Inputs;
  readonly configFile: string | undefined;
}

export function stackOf({ named, configs, configFile }: Found, cwd: string, model: string | undefined): ReadStack {
  const all = [...configs.files, ...named.files];
  const root = repositoryAbove(cwd)?.root ?? cwd;
  const base = new Base(
    cwd,
    root,
    all.map(({ absolute }) => absolute),
  );
  const stack = new Stack();
  stack.take(new Map(all.map(({ absolute, text }) => [base.pathOf(absolute), text])));
  const problems = [...named.problems, ...configs.problems].map((problem) => problemLine(problem).trimEnd());
  const settings = configFile === undefined ? new Settings() : stack.settingsOf(pathIn(base, configFile));
  const names = [...stack.modelNames(), ...(model === undefined ? [] : [model])];
  const known = catalogueFor(settings, configFile, names);
  return { stack, known, problems, nameOf: (path: string) => base.nameOf(path) };
}

/** Somewhere beside the configuration: it is the nearest one from there. */
function pathIn(base: Base, configFile: string): string {
  return base.pathOf(join(dirname(resolve(configFile)), `${basename(configFile)}.here`));
}
