import { isAbsolute, relative, sep } from "node:path";

/** The way down from a directory to a path, with forward slashes; "" for itself, absent when it is not below. */
export function wayDown(directory: string, path: string): string | undefined {
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
