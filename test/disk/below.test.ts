import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join, sep } from "node:path";
import { describe, test } from "node:test";
import { manifestsBelow, wouldFind } from "../../server/disk/below.ts";
import { atOnce } from "../../server/disk/steps.ts";
import { scratch, type Tree } from "./scratch.ts";

const repository: Tree = {
  ".git": { is: "directory" },
  ".git/info/exclude": "mine.yaml\n",
  ".gitignore": "build/\n*.gen.yaml\n!keep.gen.yaml\n",
  "a.yaml": "",
  "a.gen.yaml": "",
  "keep.gen.yaml": "",
  "mine.yaml": "",
  "notes.md": "",
  "build/out.yaml": "",
  "node_modules/pkg/x.yaml": "",
  "apps/.gitignore": "/secret.yaml\n!a.gen.yaml\n",
  "apps/secret.yaml": "",
  "apps/a.gen.yaml": "",
  "apps/deep/secret.yaml": "",
  "nested/.git": { is: "directory" },
  "nested/.git/info/exclude": "theirs.yml\n",
  "nested/a.gen.yaml": "",
  "nested/theirs.yml": "",
  "nested/ours.yml": "",
};

/** What a walk finds, and what is said of each file by itself. */
async function both(root: string, directory = root): Promise<{ walked: string[]; asked: string[] }> {
  const at = { absolute: directory, real: directory, cwd: directory };
  const { files } = atOnce(manifestsBelow(at));
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const asked: string[] = [];
  for (const path of paths) if (wouldFind(at, path)) asked.push(path);
  const named = (all: readonly string[]) => all.map((path) => path.slice(root.length + 1).replaceAll(sep, "/")).sort();
  return { walked: named(files.map(({ absolute }) => absolute)), asked: named(asked) };
}

describe("what a walk would find is told without a walk", () => {
  test("in a repository with rules, exclusions and another repository in it", async (t) => {
    const { walked, asked } = await both(await scratch(t, repository));
    assert.deepEqual(asked, walked);
    assert.deepEqual(walked, [
      "a.yaml",
      "apps/a.gen.yaml",
      "apps/deep/secret.yaml",
      "keep.gen.yaml",
      "nested/a.gen.yaml",
      "nested/ours.yml",
    ]);
  });

  test("in a directory that git ignores and somebody opened", async (t) => {
    const root = await scratch(t, repository);
    const { walked, asked } = await both(root, join(root, "build"));
    assert.deepEqual(asked, walked);
    assert.deepEqual(walked, ["build/out.yaml"]);
  });

  test("below no repository", async (t) => {
    const root = await scratch(t, { ".gitignore": "x.yaml\n", "x.yaml": "", "y.yaml": "", "z/x.yaml": "" });
    const { walked, asked } = await both(root);
    assert.deepEqual(asked, walked);
    assert.deepEqual(walked, ["y.yaml"]);
  });

  test("a file elsewhere is not below", async (t) => {
    const root = await scratch(t, { "a/x.yaml": "", "b/y.yaml": "" });
    const a = join(root, "a");
    assert.equal(wouldFind({ absolute: a, real: a, cwd: a }, join(root, "b/y.yaml")), false);
  });
});
