import { dirname, join, resolve } from "node:path";
import { configFileName } from "../../config/settings.ts";
import { isManifestName } from "../../disk/manifest-name.ts";
import { nameFrom, wayDown } from "../../disk/path-name.ts";
import { repositoryAbove } from "../../disk/repository.ts";
import { type Revision, revisionAt } from "../../git/revision.ts";
import type { Found } from "../../scenario/found.ts";
import { limits } from "../../text/limits.ts";
import { fileGlob } from "../inputs/file-glob.ts";
import type { InputFile } from "../inputs/input.ts";
import { type ReadStack, type Request, stackOf } from "./files.ts";

/** The same paths as a commit has them. */
export async function stackAt(ref: string, { cwd, paths, model }: Omit<Request, "stdin">): Promise<Found<ReadStack>> {
  if (paths.includes("-")) return { mistake: "--against git:REF takes paths, not standard input." };
  const root = repositoryAbove(cwd)?.root;
  if (root === undefined) return { mistake: "This is not in a git repository." };
  const revision = await revisionAt(root, ref);
  if ("mistake" in revision) return revision;
  const isMeant = meaningOf(paths.length === 0 ? ["."] : paths, cwd);
  const meant = revision.paths.filter((path) => isMeant(join(root, path)));
  if (meant.length === 0) return { mistake: `${ref} has none of these files.` };
  const named = await filesAt(revision, meant, { root, cwd });
  if ("mistake" in named) return named;
  const configs = await filesAt(revision, configsAbove(revision, meant), { root, cwd });
  if ("mistake" in configs) return configs;
  const [first] = named;
  const configFile = first && nearestAbove(first.absolute, configs);
  const inputs = (files: readonly InputFile[]) => ({ files, problems: [] });
  const beside = configs.filter(({ absolute }) => !named.some((file) => file.absolute === absolute));
  return stackOf({ named: inputs(named), configs: inputs(beside), configFile }, cwd, model);
}

/** Whether a path is one of those that the command line means: a file, below a directory, or matched by a pattern. */
function meaningOf(paths: readonly string[], cwd: string): (absolute: string) => boolean {
  const tests = paths.map((path) => {
    const glob = fileGlob(path);
    const base = resolve(cwd, glob?.base ?? path);
    return (absolute: string) => {
      const way = wayDown(base, absolute);
      if (way === undefined) return false;
      if (glob !== undefined) return glob.matches(way);
      return way === "" || isManifestName(way);
    };
  });
  return (absolute) => tests.some((test) => test(absolute));
}

interface Where {
  readonly root: string;
  readonly cwd: string;
}

async function filesAt(
  revision: Revision,
  paths: readonly string[],
  { root, cwd }: Where,
): Promise<Found<InputFile[]>> {
  const texts = await revision.texts(paths, limits.fileLength);
  if ("mistake" in texts) return texts;
  return paths.flatMap((path) => {
    const text = texts.get(path);
    const absolute = join(root, path);
    return text === undefined ? [] : [{ path: nameFrom(cwd, absolute), absolute, text }];
  });
}

/** The nearest configuration upwards from each file. */
function configsAbove({ paths }: Revision, files: readonly string[]): string[] {
  const there = new Set(paths);
  const found = new Set<string>();
  for (const directory of new Set(files.map(dirname))) {
    for (let at = directory; ; at = dirname(at)) {
      const config = at === "." ? configFileName : `${at}/${configFileName}`;
      if (there.has(config)) found.add(config);
      if (there.has(config) || at === ".") break;
    }
  }
  return [...found];
}

function nearestAbove(file: string, configs: readonly InputFile[]): string | undefined {
  const above = configs.filter(({ absolute }) => wayDown(dirname(absolute), file) !== undefined);
  return above.sort((a, b) => b.absolute.length - a.absolute.length)[0]?.absolute;
}
