import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";

/** Files by path: their content, the end of a symbolic link, or "directory" for an empty one. */
export type Tree = Readonly<
  Record<string, string | Uint8Array | { readonly link: string } | { readonly is: "directory" }>
>;

/**
 * A tree of files that is gone after the test. Its path has no links in it, as on macOS that of the temporary directory
 * does.
 */
export async function scratch(t: TestContext, tree: Tree): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "headroom-disk-")));
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
