import { dirname, resolve } from "node:path";
import type { Settings } from "../../config/settings.ts";
import { exists } from "../../disk/exists.ts";
import { readText } from "../../disk/read.ts";
import { Catalogue, configJsonOf, configsOf } from "../../scenario/catalogue.ts";
import type { Found } from "../../scenario/found.ts";

/** Bytes of a config.json; the largest there are have some hundred kilobytes. */
const longestConfig = 4 * 1024 * 1024;

/** What is known where a configuration counts, of these models with their config.json. */
export function catalogueFor(settings: Settings, configFile: string | undefined, names: readonly string[]): Catalogue {
  const directory = configFile === undefined ? "." : dirname(configFile);
  const files = new Map<string, Found<object>>();
  for (const config of configsOf(settings, names))
    files.set(config, readConfigJson(resolve(directory, config), config));
  return new Catalogue(settings, files);
}

/** The text of a file that was named. */
export function readNamed(path: string, name: string, limit: number): Found<{ readonly text: string }> {
  if (!exists(path)) return { mistake: `${name}: No such file or directory.` };
  const read = readText(path, limit);
  return "reason" in read ? { mistake: `${name}: ${read.reason}` } : read;
}

/** A config.json as plain values. */
export function readConfigJson(path: string, name: string): Found<object> {
  const read = readNamed(path, name, longestConfig);
  return "mistake" in read ? read : configJsonOf(read.text, name);
}
