// The files below a folder with an ending, sorted.
import { readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} folder
 * @param {string} ending
 * @returns {string[]}
 */
export function glob(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).replaceAll("\\", "/"))
    .sort();
}
