import { realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { FileGlob } from "./file-glob.ts";
import type { Found } from "./found.ts";
import { rulesAbove } from "./gitignore.ts";
import { ignores, noRules } from "./ignore-rules.ts";
import { isManifestName } from "./manifest-name.ts";
import { walk } from "./walk.ts";

const nothing: Found = { files: [], troubles: [] };

/**
 * The manifests below a directory that was named. Named outright it is wanted, even if git ignores it: the rules that
 * hide all of it are then not asked, only those that stand in it.
 */
export async function manifestsBelow(
  root: string,
  realRoot: string,
  cwd: string,
  wants: (name: string) => boolean = isManifestName,
): Promise<Found> {
  const { rules, troubles } = await rulesAbove(realRoot, await realDirectory(cwd));
  const fitting = ignores(rules, realRoot, "directory") ? noRules(realRoot, rules.ignoresCase) : rules;
  const depth = Number.POSITIVE_INFINITY;
  const found = await walk({ root, realRoot, rules: fitting, depth, wants });
  return { files: found.files, troubles: [...troubles, ...found.troubles] };
}

/** The files that a pattern matches, except those that git ignores. */
export async function filesMatching(glob: FileGlob, cwd: string): Promise<Found> {
  const root = resolve(cwd, glob.base);
  if (!(await isDirectory(root))) return nothing;
  const realRoot = await realDirectory(root);
  const { rules, troubles } = await rulesAbove(realRoot, await realDirectory(cwd));
  if (ignores(rules, realRoot, "directory")) return nothing;
  const found = await walk({ root, realRoot, rules, depth: glob.depth, wants: glob.matches });
  return { files: found.files, troubles: [...troubles, ...found.troubles] };
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

async function realDirectory(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
