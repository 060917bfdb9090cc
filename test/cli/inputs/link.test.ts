import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { scratch } from "../../disk/scratch.ts";
import { found, problemsOf } from "./found.ts";

describe("a symbolic link to a file", () => {
  test("is checked when the file stands below the walked directory", async (t) => {
    const cwd = await scratch(t, {
      "values.txt": "",
      "d/a.yaml": { link: "../values.txt" },
      "b.txt": { link: "d/a.yaml" },
    });
    assert.deepEqual(await found(cwd), ["d/a.yaml"]);
  });

  test("does not lead a walk out of the directory", async (t) => {
    const root = await scratch(t, { "secret.yaml": "", "repo/a.yaml": "", "repo/b.yaml": { link: "../secret.yaml" } });
    assert.deepEqual(await found(join(root, "repo")), ["a.yaml"]);
    assert.deepEqual(await problemsOf(join(root, "repo")), []);
    assert.deepEqual(await found(join(root, "repo"), "*.yaml"), ["a.yaml"]);
    assert.deepEqual(await found(join(root, "repo"), "b.yaml"), ["b.yaml"]);
  });

  test("adds nothing to the file itself", async (t) => {
    const cwd = await scratch(t, {
      "v3.yaml": "",
      "latest.yaml": { link: "v3.yaml" },
      "x.yaml": { link: "latest.yaml" },
    });
    assert.deepEqual(await found(cwd), ["v3.yaml"]);
    assert.deepEqual(await found(cwd, "latest.yaml", "."), ["latest.yaml"]);
  });

  test("that leads nowhere or in a circle is a problem", async (t) => {
    const cwd = await scratch(t, {
      "gone.yaml": { link: "nothing" },
      "a.yaml": { link: "b.yaml" },
      "b.yaml": { link: "a.yaml" },
      "notes.txt": { link: "nothing" },
    });
    const problems = [
      "a.yaml: Its symbolic links lead in a circle.",
      "b.yaml: Its symbolic links lead in a circle.",
      "gone.yaml: A symbolic link to something that does not exist.",
    ];
    assert.deepEqual(await problemsOf(cwd), problems);
    assert.deepEqual(await problemsOf(cwd, "a.yaml", "b.yaml", "gone.yaml"), problems);
  });

  test("by which Emacs marks a file that is being edited is passed over", async (t) => {
    const cwd = await scratch(t, { "a.yaml": "", ".#a.yaml": { link: "me@host.1234" } });
    assert.deepEqual(await found(cwd), ["a.yaml"]);
    assert.deepEqual(await problemsOf(cwd), []);
  });
});

describe("a symbolic link to a directory", () => {
  test("is not followed on a walk, so that no circle is entered", async (t) => {
    const cwd = await scratch(t, {
      "a/a.yaml": "",
      "a/up": { link: ".." },
      "a/self": { link: "." },
      "l.yaml": { link: "a" },
    });
    assert.deepEqual(await found(cwd), ["a/a.yaml"]);
    assert.deepEqual(await found(cwd, "**/*.yaml"), ["a/a.yaml"]);
    assert.deepEqual(await problemsOf(cwd), []);
  });

  test("is walked when it is named, under the name it was given", async (t) => {
    const root = await scratch(t, {
      "repo/.git/HEAD": "",
      "repo/.gitignore": "b.yaml",
      "repo/d/a.yaml": "",
      "repo/d/b.yaml": "",
      "cwd/link": { link: "../repo/d" },
    });
    const cwd = join(root, "cwd");
    assert.deepEqual(await found(cwd, "link"), ["link/a.yaml"]);
    assert.deepEqual(await found(cwd, "link/*.yaml"), ["link/a.yaml"]);
    assert.deepEqual(await found(cwd, "link", "../repo"), ["link/a.yaml"]);
  });
});
