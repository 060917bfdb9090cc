import { dirname, join, resolve } from "node:path";
import { exists } from "./exists.ts";
import { readText } from "./read.ts";

/** As much of a git repository as is needed to know what it ignores. */
export interface Repository {
  readonly root: string;
  /**
   * The directory with `info/exclude`: `.git`, or for a worktree or submodule the one that its `.git` file leads to.
   */
  readonly shared: string;
  readonly ignoresCase: boolean;
}

/** `.git` files and their like hold one path. */
const pointerLimit = 64 * 1024;

/** The repository that a directory belongs to: that of the nearest `.git` upwards. */
export async function repositoryAbove(directory: string): Promise<Repository | undefined> {
  for (let root = directory; ; root = dirname(root)) {
    if (await exists(join(root, ".git"))) return repositoryAt(root);
    if (root === dirname(root)) return undefined;
  }
}

export async function repositoryAt(root: string): Promise<Repository> {
  const shared = await sharedDirectory(root);
  // What `git init` does to learn whether the file system tells letters of both cases apart (setup.c, create_default_files).
  return { root, shared, ignoresCase: await exists(join(shared, "CoNfIg")) };
}

/**
 * https://git-scm.com/docs/gitrepository-layout: `.git` may be a file "gitdir: path", and that one have a `commondir`.
 */
async function sharedDirectory(root: string): Promise<string> {
  const own = join(root, ".git");
  const pointer = /^gitdir: (.+)/.exec(await textOf(own))?.[1];
  if (pointer === undefined) return own;
  const directory = resolve(root, pointer);
  const common = (await textOf(join(directory, "commondir"))).trim();
  return common === "" ? directory : resolve(directory, common);
}

async function textOf(path: string): Promise<string> {
  const read = await readText(path, pointerLimit);
  return "text" in read ? read.text : "";
}
