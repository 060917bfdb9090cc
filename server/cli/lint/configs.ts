import { nearestConfigs } from "../../disk/nearest-config.ts";
import { nameFrom } from "../../disk/path-name.ts";
import { readText } from "../../disk/read.ts";
import type { InputFile, InputProblem, Inputs } from "../inputs/input.ts";

/** The configurations that files are judged by, except those that are among the files themselves. */
export function readConfigs(files: readonly InputFile[], cwd: string, limit: number): Inputs {
  const named = new Set(files.map(({ absolute }) => absolute));
  const found = nearestConfigs(files).filter((config) => !named.has(config));
  const read = found.map((absolute) => readConfig(absolute, cwd, limit));
  return {
    files: read.filter((config) => "text" in config),
    problems: read.filter((config) => "reason" in config),
  };
}

function readConfig(absolute: string, cwd: string, limit: number): InputFile | InputProblem {
  const path = nameFrom(cwd, absolute);
  const read = readText(absolute, limit);
  if ("text" in read) return { path, absolute, text: read.text };
  return { path, reason: `Its settings do not count. ${read.reason}` };
}
