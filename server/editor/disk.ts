import { constants } from "node:fs";
import { lstat, open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { configFileName } from "../config/settings.ts";
import { limits } from "../text/limits.ts";
import { HiddenByGit } from "./gitignore.ts";
import { inLanes } from "./lanes.ts";

export type Read = { readonly text: string } | { readonly reason: string };

/** What the server asks of the machine's disk. It only ever reads. */
export interface WorkspaceFiles {
  /** The configuration that counts for a directory: the nearest one upwards. */
  nearestConfig(directory: string): Promise<string | undefined>;
  /** The YAML files below a directory, but for what git ignores, `.git` and `node_modules`. */
  find(directory: string, trouble: (path: string, reason: string) => void): Promise<string[]>;
  /** Whether `find` would find a file below the directory. */
  finds(directory: string, path: string): Promise<boolean>;
  /** Absent when there is no such file. `limit`: bytes, as many as of a manifest unless it says otherwise. */
  read(path: string, limit?: number): Promise<Read | undefined>;
}

const skipped = new Set([".git", "node_modules"]);

/** Without waiting: a FIFO that took a file's place must not hold us. */
const readOnly = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

export const disk: WorkspaceFiles = { nearestConfig, find, finds, read };

export function isManifestName(name: string): boolean {
  return name.endsWith(".yaml") || name.endsWith(".yml");
}

async function nearestConfig(directory: string): Promise<string | undefined> {
  for (let at = directory; ; at = dirname(at)) {
    const config = join(at, configFileName);
    if (await exists(config)) return config;
    if (at === dirname(at)) return undefined;
  }
}

async function find(directory: string, trouble: (path: string, reason: string) => void): Promise<string[]> {
  const hidden = new HiddenByGit(directory);
  const found: string[] = [];
  let level = [directory];
  while (level.length > 0) {
    const below: string[] = [];
    await inLanes(level, async (at) => {
      try {
        for (const entry of await readdir(at, { withFileTypes: true })) {
          const path = join(at, entry.name);
          if (skipped.has(entry.name) || !(entry.isDirectory() || isManifestName(entry.name))) continue;
          if (await hidden.hides(path, entry.isDirectory())) continue;
          // Links to directories are not followed: they can lead in a circle or out of the tree.
          if (entry.isDirectory()) below.push(path);
          else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) found.push(path);
        }
      } catch (error) {
        trouble(at, reasonOf(error));
      }
    });
    level = below;
  }
  return found.sort();
}

async function finds(directory: string, path: string): Promise<boolean> {
  if (!isManifestName(path)) return false;
  const hidden = new HiddenByGit(directory);
  for (let at = dirname(path); at.length > directory.length; at = dirname(at)) {
    if (skipped.has(at.slice(dirname(at).length + 1)) || (await hidden.hides(at, true))) return false;
  }
  return !(await hidden.hides(path, false));
}

async function read(path: string, limit: number = limits.fileLength): Promise<Read | undefined> {
  if (!(await exists(path))) return undefined;
  try {
    if (!(await stat(path)).isFile()) return { reason: "it is not a regular file" };
    const file = await open(path, readOnly);
    try {
      const { size } = await file.stat();
      if (size > limit) return { reason: `it is larger than ${limit / 1024 / 1024} MiB` };
      return decode(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** Without a byte order mark, as editors hold a text: positions in the first line then agree. */
function decode(bytes: Uint8Array): Read {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(isUtf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? { reason: "it holds NUL characters, so it is no text" } : { text };
  } catch {
    return { reason: "it is not valid UTF-8" };
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
