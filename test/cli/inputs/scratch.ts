import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { discover } from "../../../server/cli/inputs/discover.ts";

/** Files by path: their content, the end of a symbolic link, or "directory" for an empty one. */
export type Tree = Readonly<
  Record<string, string | Uint8Array | { readonly link: string } | { readonly is: "directory" }>
>;

/**
 * A tree of files that is gone after the test. Its path has no links in it, as on macOS that of the temporary directory
 * does.
 */
export async function scratch(t: TestContext, tree: Tree): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "headroom-inputs-")));
  t.after(() => rm(root, { recursive: true, force: true }));
  await plant(root, tree);
  return root;
}

export async function plant(root: string, tree: Tree): Promise<void> {
  for (const [path, content] of Object.entries(tree)) {
    const absolute = join(root, path);
    await mkdir(dirname(absolute), { recursive: true });
    if (typeof content === "string" || content instanceof Uint8Array) await writeFile(absolute, content);
    else if ("link" in content) await symlink(content.link, absolute);
    else await mkdir(absolute);
  }
}

/** The paths of the files to check. */
export async function found(cwd: string, ...paths: string[]): Promise<string[]> {
  const { targets } = await discover({ cwd, paths });
  return targets.map((target) => target.path);
}

/** What could not be checked, each with its reason. */
export async function problemsOf(cwd: string, ...paths: string[]): Promise<string[]> {
  const { problems } = await discover({ cwd, paths });
  return problems.map(({ path, reason }) => `${path}: ${reason}`);
}
