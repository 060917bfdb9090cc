import { manifestsBelow, type Root, realDirectory, wouldFind } from "../disk/below.ts";
import type { Decoded } from "../disk/decode.ts";
import { exists } from "../disk/exists.ts";
import { nearestConfig } from "../disk/nearest-config.ts";
import { readText } from "../disk/read.ts";
import type { Steps } from "../disk/steps.ts";
import { limits } from "../text/limits.ts";

/** What the server asks of the machine's disk. It only ever reads, and at once. */
export interface WorkspaceFiles {
  /** The configuration that counts for a directory: the nearest one upwards. */
  nearestConfig(directory: string): string | undefined;
  /** The YAML files below a directory, but for what git ignores, `.git` and `node_modules`. */
  find(directory: string, trouble: (path: string, reason: string) => void): Steps<string[]>;
  /** Whether `find` would find a file below the directory. */
  finds(directory: string, path: string): boolean;
  /** Absent when there is no such file. `limit`: bytes, as many as of a manifest unless it says otherwise. */
  read(path: string, limit?: number): Decoded | undefined;
}

export const disk: WorkspaceFiles = { nearestConfig, find, finds, read };

function* find(directory: string, trouble: (path: string, reason: string) => void): Steps<string[]> {
  const { files, troubles } = yield* manifestsBelow(rootAt(directory));
  for (const { absolute, reason } of troubles) trouble(absolute, reason);
  return files.map(({ absolute }) => absolute);
}

function finds(directory: string, path: string): boolean {
  return wouldFind(rootAt(directory), path);
}

/** A folder is looked at as if somebody stood in it. */
function rootAt(directory: string): Root {
  return { absolute: directory, real: realDirectory(directory), cwd: directory };
}

function read(path: string, limit: number = limits.fileLength): Decoded | undefined {
  if (!exists(path)) return undefined;
  const found = readText(path, limit);
  return "text" in found ? { text: withoutMark(found.text) } : found;
}

/** Without a byte order mark, as editors hold a text: positions in the first line then agree. */
function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}
