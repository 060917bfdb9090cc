import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { realDirectory } from "../../disk/below.ts";
import type { Found } from "../../disk/found.ts";
import { rulesAbove } from "../../disk/gitignore.ts";
import { ignores } from "../../disk/ignore-rules.ts";
import { walk } from "../../disk/walk.ts";
import type { FileGlob } from "./file-glob.ts";

const nothing: Found = { files: [], troubles: [] };

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
