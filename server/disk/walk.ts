import type { Found } from "./found.ts";
import { byCodeUnit, withSlashes } from "./path-name.ts";
import type { Steps } from "./steps.ts";
import { type Seen, visit, type Walk } from "./visit.ts";

/**
 * Finds files below a directory, level by level, so that a tree of any depth needs no stack. A link to a file that is
 * found anyway adds nothing: checked twice, its objects would seem to stand in each other's way.
 */
export function* walk(start: Walk): Steps<Found> {
  const { rules, depth } = start;
  const root = { way: "", rules, below: depth };
  const seen: Seen = { directories: [root], files: [], links: [], listed: new Map(), troubles: [] };
  // Grows while it is gone through.
  for (const directory of seen.directories) {
    visit(directory, start, seen);
    yield;
  }
  const { files, listed, troubles } = seen;
  const real = new Set(files.map((file) => file.real));
  const links = seen.links.filter((link) => !real.has(link.real));
  return { files: [...files, ...links].sort(byPath), listed, troubles: troubles.sort(byPath) };
}

function byPath(a: { readonly absolute: string }, b: { readonly absolute: string }): number {
  return byCodeUnit(withSlashes(a.absolute), withSlashes(b.absolute));
}
