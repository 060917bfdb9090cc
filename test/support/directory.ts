import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path/posix";
import type { Files } from "./lint.ts";

/** Every file below a directory, by its path in it. */
export function filesBelow(directory: string): Files {
  const paths = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => statSync(join(directory, path)).isFile())
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(directory, path), "utf8")]));
}
