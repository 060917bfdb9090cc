import type { Found } from "./found.ts";
import { filesInFlight, inFlight } from "./in-flight.ts";
import { byCodeUnit, withSlashes } from "./path-name.ts";
import { type Directory, type Visit, visit, type Walk } from "./visit.ts";

/**
 * Finds files below a directory, level by level, so that a tree of any depth needs no stack. A link to a file that is
 * found anyway adds nothing: checked twice, its objects would seem to stand in each other's way.
 */
export async function walk(start: Walk): Promise<Found> {
  const levels: Visit[][] = [];
  let level: Directory[] = [{ way: "", rules: start.rules }];
  for (let below = start.depth; level.length > 0; below--) {
    const visits = await inFlight(level, filesInFlight, (directory) => visit(directory, start, below > 0));
    level = visits.flatMap((seen) => seen.directories);
    levels.push(visits);
  }
  const visits = levels.flat();
  const files = visits.flatMap((seen) => seen.files);
  const real = new Set(files.map((file) => file.real));
  const links = visits.flatMap((seen) => seen.links).filter((link) => !real.has(link.real));
  return { files: [...files, ...links].sort(byPath), troubles: visits.flatMap((seen) => seen.troubles).sort(byPath) };
}

function byPath(a: { readonly absolute: string }, b: { readonly absolute: string }): number {
  return byCodeUnit(withSlashes(a.absolute), withSlashes(b.absolute));
}
