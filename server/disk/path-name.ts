import { isAbsolute, relative, sep } from "node:path";

/** Parts that `relative` would take out. */
const oddPart = /(?:^|[\\/])\.{0,2}(?:[\\/]|$)/;

/** The way down from a directory to a path, with forward slashes; "" for itself, absent when it is not below. */
export function wayDown(directory: string, path: string): string | undefined {
  const above = directory.endsWith(sep) ? directory : directory + sep;
  // Asked several times for each file; `relative` takes both paths apart.
  if (path.startsWith(above)) {
    const rest = path.slice(above.length);
    if (isAbsolute(directory) && !oddPart.test(rest)) return withSlashes(rest);
  }
  const way = relative(directory, path);
  if (way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)) return undefined;
  return withSlashes(way);
}

/** How people name a path: relative to where they are when below it, else absolute. */
export function nameFrom(cwd: string, absolute: string): string {
  return (wayDown(cwd, absolute) ?? withSlashes(absolute)) || ".";
}

/** Only Windows parts paths by something else; elsewhere a backslash is a character like others. */
export function withSlashes(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** The order in which files are listed: the same on every machine, whatever its language. */
export function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
