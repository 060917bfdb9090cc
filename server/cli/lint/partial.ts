import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { filesInFlight, inFlight } from "../../disk/in-flight.ts";
import { isManifestName } from "../../disk/manifest-name.ts";
import type { InputFile } from "../inputs/input.ts";

/**
 * The directories that hold more manifests than were named, as when a pre-commit hook hands in what changed: what such a
 * directory lacks may stand in the rest of it.
 */
export async function partialDirectories(files: readonly InputFile[]): Promise<string[]> {
  const named = new Set(files.map(({ absolute }) => absolute));
  const directories = [...new Set(files.map(({ absolute }) => dirname(absolute)))];
  const partial = await inFlight(directories, filesInFlight, async (directory) => {
    const names = await readdir(directory).catch(() => []);
    return names.some((name) => isManifestName(name) && !named.has(join(directory, name))) ? [directory] : [];
  });
  return partial.flat();
}
