import { statSync } from "node:fs";
import { resolve } from "node:path";
import { realDirectory } from "../../disk/below.ts";
import type { Found } from "../../disk/found.ts";
import { rulesAbove } from "../../disk/gitignore.ts";
import { ignores } from "../../disk/ignore-rules.ts";
import { atOnce } from "../../disk/steps.ts";
import { walk } from "../../disk/walk.ts";
import type { FileGlob } from "./file-glob.ts";

const nothing: Found = { files: [], listed: new Map(), troubles: [] };

/** The files that a pattern matches, except those that git ignores. */
export function filesMatching(glob: FileGlob, cwd: string): Found {
  const root = resolve(cwd, glob.base);
  if (!isDirectory(root)) return nothing;
  const realRoot = realDirectory(root);
  const { rules, troubles } = rulesAbove(realRoot, realDirectory(cwd));
  if (ignores(rules, realRoot, "directory")) return nothing;
  const found = atOnce(walk({ root, realRoot, rules, depth: glob.depth, wants: glob.matches }));
  return { ...found, troubles: [...troubles, ...found.troubles] };
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}
