import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { fail, fault } from "../../disk/fault.ts";
import { scratch, type Tree } from "../../disk/scratch.ts";
import { found, problemsOf } from "./found.ts";

const stack: Tree = {
  "a.yaml": "",
  "a.json": "",
  "base/b.yaml": "",
  "base/deep/c.yaml": "",
  "overlays/prod/d.yaml": "",
  "overlays/dev/d.yaml": "",
  "overlays/dev/picture.png": "",
  ".ci/e.yaml": "",
  "node_modules/f.yaml": "",
};

describe("a pattern", () => {
  const cases: [pattern: string, matched: string[]][] = [
    ["*.yaml", ["a.yaml"]],
    ["./*.yaml", ["a.yaml"]],
    ["*.json", ["a.json"]],
    [
      "**/*.yaml",
      [".ci/e.yaml", "a.yaml", "base/b.yaml", "base/deep/c.yaml", "overlays/dev/d.yaml", "overlays/prod/d.yaml"],
    ],
    ["base/*", ["base/b.yaml"]],
    ["base/**", ["base/b.yaml", "base/deep/c.yaml"]],
    ["overlays/*/d.yaml", ["overlays/dev/d.yaml", "overlays/prod/d.yaml"]],
    ["{base,overlays/prod}/*.yaml", ["base/b.yaml", "overlays/prod/d.yaml"]],
    ["overlays/[dx]*/?.yaml", ["overlays/dev/d.yaml"]],
    ["base/../overlays/p*/*", ["overlays/prod/d.yaml"]],
    ["overlays/dev/*.png", ["overlays/dev/picture.png"]],
    ["overlays/dev/*", ["overlays/dev/d.yaml"]],
  ];
  for (const [pattern, matched] of cases) {
    test(`${pattern} means ${matched.join(", ")}`, async (t) => {
      assert.deepEqual(await found(await scratch(t, stack), pattern), matched);
    });
  }

  test("may lead out of the working directory or be absolute", async (t) => {
    const root = await scratch(t, stack);
    const outside = join(root, "base/b.yaml").replaceAll("\\", "/");
    assert.deepEqual(await found(join(root, "overlays"), "../base/*.yaml"), [outside]);
    assert.deepEqual(await found(join(root, "overlays"), `${root}/base/*.yaml`), [outside]);
    assert.deepEqual(await found(root, `${root}/base/*.yaml`), ["base/b.yaml"]);
  });

  test("without a match is a problem", async (t) => {
    const cwd = await scratch(t, { ...stack, ".gitignore": "/base/" });
    const reason = "No file matches this pattern. Files that git ignores do not count.";
    for (const pattern of ["*.toml", "none/*.yaml", "a.yaml/*", "overlays/*", "!a.yaml/*", "base/*.yaml", "*/*/../*"]) {
      assert.deepEqual(await problemsOf(cwd, pattern), [`${pattern}: ${reason}`]);
      assert.deepEqual(await found(cwd, pattern), []);
    }
  });

  test("that cannot be looked for everywhere is a problem for the place", async (t) => {
    const cwd = await scratch(t, stack);
    fault(t, "readdirSync", (path) => (path === join(cwd, "base") ? fail("EACCES") : undefined));
    assert.deepEqual(await problemsOf(cwd, "base/*.yaml"), ["base: No permission to read this."]);
  });

  test("leaves out what git ignores", async (t) => {
    const cwd = await scratch(t, { ...stack, ".gitignore": "deep/\n", "overlays/.gitignore": "prod" });
    assert.deepEqual(await found(cwd, "**/[b-d].yaml"), ["base/b.yaml", "overlays/dev/d.yaml"]);
  });

  test("gives way to a file of that name", async (t) => {
    const cwd = await scratch(t, { "v[1].yaml": "", "v1.yaml": "" });
    assert.deepEqual(await found(cwd, "v[1].yaml"), ["v[1].yaml"]);
  });

  test("is looked for no deeper than it can match", async (t) => {
    const cwd = await scratch(t, stack);
    const read: string[] = [];
    fault(t, "readdirSync", (path) => void read.push(path));
    await found(cwd, "overlays/*/d.yaml");
    assert.deepEqual(read.sort(), [join(cwd, "overlays"), join(cwd, "overlays/dev"), join(cwd, "overlays/prod")]);
  });
});
