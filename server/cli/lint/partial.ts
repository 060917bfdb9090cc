import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { isManifestName } from "../../disk/manifest-name.ts";
import type { InputFile } from "../inputs/input.ts";

/**
 * The directories that hold more manifests than were named, as when a pre-commit hook hands in what changed: what such a
 * directory lacks may stand in the rest of it. `listed`: the manifests of directories that were looked into before.
 */
export function partialDirectories(
  files: readonly InputFile[],
  listed: ReadonlyMap<string, readonly string[]> = new Map(),
): string[] {
  const named = new Map<string, Set<string>>();
  for (const { absolute } of files) {
    const directory = dirname(absolute);
    const names = named.get(directory);
    if (names === undefined) named.set(directory, new Set([basename(absolute)]));
    else names.add(basename(absolute));
  }
  const isPartial = ([directory, names]: [string, Set<string>]) =>
    (listed.get(directory) ?? manifestsIn(directory)).some((name) => !names.has(name));
  return [...named].filter(isPartial).map(([directory]) => directory);
}

function manifestsIn(directory: string): string[] {
  try {
    return readdirSync(directory).filter(isManifestName);
  } catch {
    return [];
  }
}
