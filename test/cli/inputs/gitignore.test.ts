import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import { fail, fault } from "../../disk/fault.ts";
import { scratch, type Tree } from "../../disk/scratch.ts";
import { found, problemsOf } from "./found.ts";

const repository: Tree = { ".git/HEAD": "" };

/** Files of a repository that are left when its ignore files have spoken. Outcomes as git 2.39 gives them. */
async function left(t: Parameters<typeof scratch>[0], tree: Tree): Promise<string[]> {
  return found(await scratch(t, { ...repository, ...tree }));
}

describe("a .gitignore", () => {
  test("hides by name at any depth, by path from where it stands", async (t) => {
    const tree = { "a.yaml": "", "d/a.yaml": "", "d/e/a.yaml": "", "d/e/b.yaml": "", "e/b.yaml": "" };
    assert.deepEqual(await left(t, { ...tree, ".gitignore": "a.yaml\n" }), ["d/e/b.yaml", "e/b.yaml"]);
    assert.deepEqual(await left(t, { ...tree, ".gitignore": "/a.yaml\nd/e\n" }), ["d/a.yaml", "e/b.yaml"]);
    assert.deepEqual(await left(t, { ...tree, "d/.gitignore": "/a.yaml\ne/b.yaml" }), [
      "a.yaml",
      "d/e/a.yaml",
      "e/b.yaml",
    ]);
    assert.deepEqual(await left(t, { ...tree, "d/.gitignore": "*\n" }), ["a.yaml", "e/b.yaml"]);
  });

  test("has comments, escapes, line ends of Windows and a byte order mark", async (t) => {
    const tree = { "#a.yaml": "", "!b.yaml": "", "c.yaml": "", "d .yaml": "", "e.yaml": "" };
    const lines = "\uFEFFe.yaml\r\n# c.yaml\r\n\r\n\\#a.yaml\r\n\\!b.yaml   \r\n";
    assert.deepEqual(await left(t, { ...tree, ".gitignore": lines }), ["c.yaml", "d .yaml"]);
  });

  test("tells upper from lower case, where the file system does", async (t) => {
    assert.deepEqual(await left(t, { "a.yaml": "", ".gitignore": "A.YAML" }), ["a.yaml"]);
    const onMac = { "a.yaml": "", ".gitignore": "A.YAML", ".git/CoNfIg": "" };
    assert.deepEqual(await left(t, onMac), []);
  });

  test("may take back what one above it hides", async (t) => {
    const tree = { ".gitignore": "*.yaml\nbuild/\n", "x/a.yaml": "", "x/b.yaml": "", "x/build/a.yaml": "" };
    assert.deepEqual(await left(t, { ...tree, "x/.gitignore": "!a.yaml" }), ["x/a.yaml"]);
    assert.deepEqual(await left(t, { ...tree, "x/.gitignore": "!a.yaml\n!build/" }), ["x/a.yaml", "x/build/a.yaml"]);
  });

  test("cannot take back a file of a directory that is hidden", async (t) => {
    const tree = { ".gitignore": "x\n!x/a.yaml", "x/.gitignore": "!*", "x/a.yaml": "" };
    assert.deepEqual(await left(t, tree), []);
  });

  test("in a directory with special characters speaks of that directory alone", async (t) => {
    const tree = {
      "[d]/.gitignore": "a.yaml\n/b.yaml",
      "[d]/a.yaml": "",
      "[d]/b.yaml": "",
      "dx/a.yaml": "",
      "dx/b.yaml": "",
    };
    assert.deepEqual(await left(t, tree), ["dx/a.yaml", "dx/b.yaml"]);
  });

  test("counts from the root of the repository, wherever the walk begins", async (t) => {
    const cwd = await scratch(t, {
      ".gitignore": "above.yaml",
      "repo/.git/HEAD": "",
      "repo/.git/info/exclude": "excluded.yaml\nback.yaml",
      "repo/.gitignore": "/x/y/rooted.yaml\n!back.yaml",
      "repo/x/.gitignore": "middle.yaml",
      "repo/x/y/above.yaml": "",
      "repo/x/y/back.yaml": "",
      "repo/x/y/excluded.yaml": "",
      "repo/x/y/middle.yaml": "",
      "repo/x/y/rooted.yaml": "",
    });
    for (const from of ["repo", "repo/x", "repo/x/y"]) {
      const names = (await found(cwd, from)).map((path) => basename(path));
      assert.deepEqual(names, ["above.yaml", "back.yaml"]);
    }
    assert.deepEqual(await found(join(cwd, "repo/x/y"), "*.yaml"), ["above.yaml", "back.yaml"]);
  });

  test("of a repository does not reach into another one inside", async (t) => {
    const inside = {
      "sub/.git/HEAD": "",
      "sub/.gitignore": "b.yaml",
      "sub/a.yaml": "",
      "sub/b.yaml": "",
      "sub/c.yaml": "",
    };
    const cwd = await scratch(t, { ...repository, ".gitignore": "a.yaml", ...inside });
    assert.deepEqual(await found(cwd), ["sub/a.yaml", "sub/c.yaml"]);
    assert.deepEqual(await found(cwd, "sub"), ["sub/a.yaml", "sub/c.yaml"]);
  });

  test("counts from the working directory where there is no repository", async (t) => {
    const cwd = await scratch(t, { ".gitignore": "a.yaml", "d/a.yaml": "", "d/b.yaml": "" });
    assert.deepEqual(await found(cwd), ["d/b.yaml"]);
    assert.deepEqual(await found(cwd, "d"), ["d/b.yaml"]);
    assert.deepEqual(await found(join(cwd, "d")), ["a.yaml", "b.yaml"]);
  });

  test("does not hide a directory that is named, but still parts of it", async (t) => {
    const cwd = await scratch(t, {
      ...repository,
      ".gitignore": "out/",
      "out/a.yaml": "",
      "out/b.yaml": "",
      "out/.gitignore": "b.yaml",
    });
    assert.deepEqual(await found(cwd), []);
    assert.deepEqual(await found(cwd, "out"), ["out/a.yaml"]);
    assert.deepEqual(await found(cwd, "out/*.yaml"), []);
  });

  test("that is a link is not followed, as git does not", async (t) => {
    const tree = { rules: "a.yaml", ".gitignore": { link: "rules" }, "a.yaml": "" };
    assert.deepEqual(await left(t, tree), ["a.yaml"]);
  });

  test("that cannot be read is a problem", async (t) => {
    const cwd = await scratch(t, { ...repository, "d/.gitignore": "a.yaml", "d/a.yaml": "" });
    fault(t, "openSync", (path) => (path.endsWith(".gitignore") ? fail("EACCES") : undefined));
    assert.deepEqual(await problemsOf(cwd), ["d/.gitignore: No permission to read this."]);
    assert.deepEqual(await problemsOf(cwd, "d"), ["d/.gitignore: No permission to read this."]);
    assert.deepEqual(await found(cwd), ["d/a.yaml"]);
  });
});

describe("the exclude file", () => {
  test("of a worktree is that of the repository it belongs to", async (t) => {
    const root = await scratch(t, {
      "main/.git/info/exclude": "a.yaml",
      "main/.git/worktrees/w/commondir": "../..\n",
      "w/.git": "gitdir: ../main/.git/worktrees/w\n",
      "w/a.yaml": "",
      "w/b.yaml": "",
    });
    assert.deepEqual(await found(join(root, "w")), ["b.yaml"]);
  });

  test("of a submodule is its own", async (t) => {
    const cwd = await scratch(t, {
      ".git/info/exclude": "a.yaml",
      ".git/modules/s/info/exclude": "b.yaml",
      "s/.git": "gitdir: ../.git/modules/s\n",
      "s/a.yaml": "",
      "s/b.yaml": "",
    });
    assert.deepEqual(await found(cwd), ["s/a.yaml"]);
  });
});
