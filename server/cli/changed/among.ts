import { resolve } from "node:path";
import { wayDown } from "../../disk/path-name.ts";
import type { Gathered } from "../lint/gather.ts";
import { counted } from "../report/words.ts";
import type { Changes } from "./changes.ts";

/** Of all that changed what is among the files that were named, or was: a file that is gone may leave a gap. */
export function changesOf(
  { before }: Changes,
  { files, configs }: Pick<Gathered, "files" | "configs">,
  paths: readonly string[],
  cwd: string,
): ReadonlyMap<string, string | undefined> {
  const there = new Set([...files, ...configs].map(({ absolute }) => absolute));
  const places = (paths.length === 0 ? ["."] : paths).map((path) => resolve(cwd, path.replace(/[*?[{].*$/, "")));
  const isNamed = (absolute: string) => places.some((place) => wayDown(place, absolute) !== undefined);
  return new Map([...before].filter(([absolute]) => there.has(absolute) || isNamed(absolute)));
}

export function changedNote(count: number, since: string): string {
  return `${counted(count, "manifest")} changed since ${since}; what neither changed nor is affected is not told`;
}
