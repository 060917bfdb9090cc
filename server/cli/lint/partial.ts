import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { isManifestName } from "../../disk/manifest-name.ts";
import type { InputFile } from "../inputs/input.ts";

/**
 * The directories that hold more manifests than were named, as when a pre-commit hook hands in what changed: what such a
 * directory lacks may stand in the rest of it.
 */
export function partialDirectories(files: readonly InputFile[]): string[] {
  const named = new Set(files.map(({ absolute }) => absolute));
  const directories = [...new Set(files.map(({ absolute }) => dirname(absolute)))];
  return directories.filter((directory) =>
    namesIn(directory).some((name) => isManifestName(name) && !named.has(join(directory, name))),
  );
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
