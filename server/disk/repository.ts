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
export function repositoryAbove(directory: string): Repository | undefined {
  for (let root = directory; ; root = dirname(root)) {
    if (exists(join(root, ".git"))) return repositoryAt(root);
    if (root === dirname(root)) return undefined;
  }
}

export function repositoryAt(root: string): Repository {
  const shared = sharedDirectory(root);
  // What `git init` does to learn whether the file system tells letters of both cases apart (setup.c, create_default_files).
  return { root, shared, ignoresCase: exists(join(shared, "CoNfIg")) };
}

/**
 * https://git-scm.com/docs/gitrepository-layout: `.git` may be a file "gitdir: path", and that one have a `commondir`.
 */
function sharedDirectory(root: string): string {
  const own = join(root, ".git");
  const pointer = /^gitdir: (.+)/.exec(textOf(own))?.[1];
  if (pointer === undefined) return own;
  const directory = resolve(root, pointer);
  const common = textOf(join(directory, "commondir")).trim();
  return common === "" ? directory : resolve(directory, common);
}

function textOf(path: string): string {
  const read = readText(path, pointerLimit);
  return "text" in read ? read.text : "";
}
