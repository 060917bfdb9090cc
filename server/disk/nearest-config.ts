import { dirname, join } from "node:path";
import { configFileName } from "../config/settings.ts";
import { exists } from "./exists.ts";
import { byCodeUnit } from "./path-name.ts";

/**
 * The configurations that the files are judged by: for each the nearest one upwards from its directory. Absolute, each
 * once. They are found, not read: one that is broken is told by whoever reads it.
 */
export function nearestConfigs(files: readonly { readonly absolute: string }[]): string[] {
  const known = new Map<string, string | undefined>();
  const nearest = (directory: string): string | undefined => {
    if (!known.has(directory)) known.set(directory, configAt(directory, nearest));
    return known.get(directory);
  };
  const directories = new Set(files.map((file) => dirname(file.absolute)));
  const configs = [...directories].map(nearest);
  return [...new Set(configs.filter((config) => config !== undefined))].sort(byCodeUnit);
}

/** The configuration that counts for a directory. */
export function nearestConfig(directory: string): string | undefined {
  return configAt(directory, nearestConfig);
}

function configAt(directory: string, above: (directory: string) => string | undefined): string | undefined {
  const config = join(directory, configFileName);
  if (exists(config)) return config;
  const parent = dirname(directory);
  return parent === directory ? undefined : above(parent);
}
