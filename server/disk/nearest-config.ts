import { dirname, join } from "node:path";
import { configFileName } from "../config/settings.ts";
import { exists } from "./exists.ts";
import { byCodeUnit } from "./path-name.ts";

/**
 * The configurations that the files are judged by: for each the nearest one upwards from its directory. Absolute, each
 * once. They are found, not read: one that is broken is told by whoever reads it.
 */
export async function nearestConfigs(files: readonly { readonly absolute: string }[]): Promise<string[]> {
  const known = new Map<string, Promise<string | undefined>>();
  const nearest = (directory: string): Promise<string | undefined> => {
    const found = known.get(directory) ?? configAt(directory, nearest);
    known.set(directory, found);
    return found;
  };
  const directories = new Set(files.map((file) => dirname(file.absolute)));
  const configs = await Promise.all([...directories].map(nearest));
  return [...new Set(configs.filter((config) => config !== undefined))].sort(byCodeUnit);
}

/** The configuration that counts for a directory. */
export async function nearestConfig(directory: string): Promise<string | undefined> {
  return configAt(directory, nearestConfig);
}

async function configAt(
  directory: string,
  above: (directory: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const config = join(directory, configFileName);
  if (await exists(config)) return config;
  const parent = dirname(directory);
  return parent === directory ? undefined : above(parent);
}
