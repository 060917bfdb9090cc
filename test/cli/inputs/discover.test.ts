import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, test } from "node:test";
import { discover } from "../../../server/cli/inputs/discover.ts";
import { fail, fault } from "../../disk/fault.ts";
import { scratch } from "../../disk/scratch.ts";
import { found, problemsOf } from "./found.ts";

const notOnWindows = process.platform === "win32" && "Windows has no such files";

describe("a directory", () => {
  test("is searched for .yaml and .yml, hidden places included, by code units", async (t) => {
    const cwd = await scratch(t, {
      "c.yaml": "",
      "a.yml": "",
      "B.yaml": "",
      "a/z.yaml": "",
      "a-b/c.yaml": "",
      ".github/workflows/w.yaml": "",
      ".hidden.yaml": "",
      "ä.yaml": "",
      "note.md": "",
      "a.yaml.bak": "",
      yaml: "",
    });
    const all = [
      ".github/workflows/w.yaml",
      ".hidden.yaml",
      "B.yaml",
      "a-b/c.yaml",
      "a.yml",
      "a/z.yaml",
      "c.yaml",
      "ä.yaml",
    ];
    assert.deepEqual(await found(cwd), all);
    assert.deepEqual(await found(cwd, "."), all);
    assert.deepEqual(await found(cwd, "a"), ["a/z.yaml"]);
  });

  test("leaves out .git and node_modules, unless they are named", async (t) => {
    const cwd = await scratch(t, {
      "a.yaml": "",
      ".git/b.yaml": "",
      "node_modules/p/c.yaml": "",
      "x/node_modules/d.yaml": "",
      "x/node_modules_/e.yaml": "",
    });
    assert.deepEqual(await found(cwd), ["a.yaml", "x/node_modules_/e.yaml"]);
    assert.deepEqual(await found(cwd, "node_modules"), ["node_modules/p/c.yaml"]);
  });

  test("may be called like a file", async (t) => {
    const cwd = await scratch(t, { "x.yaml/a.yaml": "", "y.yml": { is: "directory" } });
    assert.deepEqual(await found(cwd), ["x.yaml/a.yaml"]);
    assert.deepEqual(await found(cwd, "x.yaml"), ["x.yaml/a.yaml"]);
  });

  test("is walked to any depth", async (t) => {
    const deep = `${"d/".repeat(400)}a.yaml`;
    const cwd = await scratch(t, { [deep]: "" });
    assert.deepEqual(await found(cwd), [deep]);
  });

  test("that cannot be read is a problem, and the others are still searched", async (t) => {
    const cwd = await scratch(t, { "a/a.yaml": "", "b/b.yaml": "", "c/c.yaml": "" });
    fault(t, "readdirSync", (path) => {
      if (path === join(cwd, "a")) return fail("EACCES");
      return path === join(cwd, "b") ? fail("ENOENT") : undefined;
    });
    assert.deepEqual(await found(cwd), ["c/c.yaml"]);
    assert.deepEqual(await problemsOf(cwd), [
      "a: No permission to read this.",
      "b: It vanished before it could be read.",
    ]);
  });
});

describe("a file that is named", () => {
  test("is checked whatever its name, and even if git ignores it", async (t) => {
    const cwd = await scratch(t, { ".gitignore": "*", ".git/HEAD": "", "a.txt": "", "b.yaml": "" });
    assert.deepEqual(await found(cwd, "a.txt", "b.yaml"), ["a.txt", "b.yaml"]);
    assert.deepEqual(await found(cwd), []);
  });

  test("that does not exist is a problem", async (t) => {
    const cwd = await scratch(t, { "a.yaml": "" });
    assert.deepEqual(await problemsOf(cwd, "b.yaml", "a.yaml/c.yaml"), [
      "b.yaml: No such file or directory.",
      "a.yaml/c.yaml: Part of the path is a file, not a directory.",
    ]);
    assert.deepEqual(await found(cwd, "b.yaml", "a.yaml"), ["a.yaml"]);
  });

  test("by an empty word is a problem, not the working directory", async (t) => {
    const cwd = await scratch(t, { "a.yaml": "" });
    assert.deepEqual(await problemsOf(cwd, ""), [": An empty path. Is a variable of the shell not set?"]);
    assert.deepEqual(await found(cwd, ""), []);
  });

  test("may have any character in its name", { skip: notOnWindows }, async (t) => {
    const names = [
      "#a.yaml",
      "100%.yaml",
      "a\nb.yaml",
      "c\nd/e\nf.yaml",
      "a\\b.yaml",
      "b[1].yaml",
      "c*.yaml",
      "d?.yaml",
      "\uFEFFe.yaml",
    ];
    const cwd = await scratch(t, Object.fromEntries(names.map((name) => [name, ""])));
    for (const name of names) assert.deepEqual(await found(cwd, name), [name]);
    assert.deepEqual(await found(cwd), names.toSorted());
    assert.deepEqual(await found(cwd, "**/*.yaml"), names.toSorted());
  });

  test("that is not a regular file is a problem and is never opened", { skip: notOnWindows }, async (t) => {
    const cwd = await scratch(t, { "a.yaml": "" });
    execFileSync("mkfifo", [join(cwd, "pipe.yaml")]);
    const opened: string[] = [];
    fault(t, "openSync", (path) => void opened.push(path));
    assert.deepEqual(await found(cwd), ["a.yaml"]);
    assert.deepEqual(await problemsOf(cwd), []);
    assert.deepEqual(await problemsOf(cwd, "pipe.yaml", "/dev/null"), [
      "pipe.yaml: Not a regular file: this is a FIFO (a named pipe). To check what it carries, pipe it in and name -.",
      "/dev/null: Not a regular file: this is a device.",
    ]);
    assert.deepEqual(opened, []);
  });
});

/** Other systems refuse to make such a name. */
const onlyLinux = process.platform !== "linux" && "only Linux takes any bytes for a name";

test("a name that is not UTF-8 is a problem of its own", { skip: onlyLinux }, async (t) => {
  const cwd = await scratch(t, { "a.yaml": "" });
  for (const name of ["x\\377.yaml", "x\\376.yaml", "d\\377"]) {
    const make = name.startsWith("d") ? "mkdir" : "touch";
    execFileSync("sh", ["-c", `cd "$0" && ${make} "$(printf '${name}')"`, cwd]);
  }
  const reason = "Its name is not valid UTF-8, so it cannot be opened. Rename it.";
  assert.deepEqual(await problemsOf(cwd), [`d\uFFFD: ${reason}`, `x\uFFFD.yaml: ${reason}`]);
  assert.deepEqual(await found(cwd), ["a.yaml"]);
  assert.deepEqual(await problemsOf(cwd, "x\uFFFD.yaml"), [
    "x\uFFFD.yaml: No such file or directory. A name that is not valid UTF-8 cannot be opened; rename the file.",
  ]);
});

describe("the list", () => {
  test("has the order of the command line and each file once", async (t) => {
    const cwd = await scratch(t, { "a.yaml": "", "b.yaml": "", "d/c.yaml": "" });
    const paths = ["d/c.yaml", "./b.yaml", join(cwd, "b.yaml"), ".", "*.yaml", "d", "d/../a.yaml"];
    assert.deepEqual(await found(cwd, ...paths), ["d/c.yaml", "b.yaml", "a.yaml"]);
  });

  test("tells a problem once", async (t) => {
    const cwd = await scratch(t, { "a/a.yaml": "" });
    fault(t, "readdirSync", (path) => (path === join(cwd, "a") ? fail("EIO") : undefined));
    assert.deepEqual(await problemsOf(cwd, ".", "a"), ["a: The disk reported an error while this was being read."]);
  });

  test("names what is not below the working directory absolutely", async (t) => {
    const root = await scratch(t, { "x/a.yaml": "", "y/b.yaml": "", "..z/c.yaml": "" });
    const { targets } = discover({ cwd: join(root, "x"), paths: ["../y", "a.yaml"] });
    assert.deepEqual(targets, [
      { path: join(root, "y/b.yaml").replaceAll("\\", "/"), absolute: join(root, "y/b.yaml"), from: "disk" },
      { path: "a.yaml", absolute: join(root, "x/a.yaml"), from: "disk" },
    ]);
    assert.deepEqual(await found(root, "..z"), ["..z/c.yaml"]);
  });

  test("has standard input once, in place of the file that it stands for", async (t) => {
    const cwd = await scratch(t, { "a.yaml": "", "b.yaml": "" });
    const { targets } = discover({ cwd, paths: ["-", "-"] });
    assert.deepEqual(targets, [{ path: "<stdin>", absolute: join(cwd, "<stdin>"), from: "stdin" }]);
    const named = discover({ cwd, paths: [".", "-"], stdinPath: "a.yaml" });
    assert.deepEqual(named.targets, [
      { path: "a.yaml", absolute: join(cwd, "a.yaml"), from: "stdin" },
      { path: "b.yaml", absolute: join(cwd, "b.yaml"), from: "disk" },
    ]);
  });

  test("takes ./- for a file", async (t) => {
    const cwd = await scratch(t, { "-": "" });
    assert.deepEqual(discover({ cwd, paths: ["./-"] }).targets, [
      { path: "-", absolute: join(cwd, "-"), from: "disk" },
    ]);
  });
});
