import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, test } from "node:test";
import { commitOf, type Revision, revisionAt } from "../../server/git/revision.ts";

const limit = 1000;

function directoryWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "headroom-git-")));
  after(() => rmSync(directory, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

function git(directory: string, ...words: string[]): string {
  return execFileSync("git", ["-C", directory, ...words], { stdio: "pipe", encoding: "utf8" });
}

function commit(directory: string): void {
  git(directory, "add", "-A");
  git(directory, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "all");
}

async function revision(directory: string, ref = "HEAD"): Promise<Revision> {
  const found = await revisionAt(directory, ref);
  if ("mistake" in found) throw new Error(found.mistake);
  return found;
}

const repository = directoryWith({
  "deploy/a.yaml": "a: 1\n",
  "deploy/deep/ä ü.yaml": "b: 2\n",
  "deploy/new\nline.yaml": "c: 3\n",
  "deploy/marked.yaml": "\ufeffd: 4\n",
  "deploy/binary.yaml": Uint8Array.of(0xff, 0xfe, 0x00),
  "deploy/large.yaml": "e: 5\n".repeat(limit),
  "other.yaml": "f: 6\n",
});
symlinkSync("a.yaml", join(repository, "deploy/link.yaml"));
git(repository, "init", "-q");
commit(repository);

describe("files as a commit has them", () => {
  test("are those of a directory and below, under whatever names, without links", async () => {
    const { paths } = await revision(join(repository, "deploy"));
    const names = ["a.yaml", "binary.yaml", "deep/ä ü.yaml", "large.yaml", "marked.yaml", "new\nline.yaml"];
    assert.deepEqual([...paths].sort(), names);
    assert.ok((await revision(repository)).paths.includes("other.yaml"));
  });

  test("have the texts of then, and none where there is no text", async () => {
    writeFileSync(join(repository, "deploy/a.yaml"), "a: changed\n");
    const deploy = await revision(join(repository, "deploy"));
    const texts = await deploy.texts([...deploy.paths, "gone.yaml", "../other.yaml"], limit);
    assert.ok(!("mistake" in texts));
    assert.deepEqual(
      [...texts].sort(),
      [
        ["a.yaml", "a: 1\n"],
        ["deep/ä ü.yaml", "b: 2\n"],
        ["marked.yaml", "d: 4\n"],
        ["new\nline.yaml", "c: 3\n"],
      ].sort(),
    );
  });

  test("are found by whatever names a commit", async () => {
    writeFileSync(join(repository, "other.yaml"), "f: 7\n");
    commit(repository);
    git(repository, "tag", "v1");
    const [now, before] = [await commitOf(repository, "HEAD"), await commitOf(repository, "HEAD~1")];
    assert.match(String(now), /^[0-9a-f]{40}$/);
    assert.notEqual(now, before);
    for (const ref of ["v1", "HEAD^{commit}", "@", "@{0}", String(now).slice(0, 10)])
      assert.equal(await commitOf(repository, ref), now, ref);
  });
});

describe("git", () => {
  const noCommit = (ref: string) => ({ mistake: `git knows no commit "${ref}" here.` });

  test("is never handed what is no name of a commit", async () => {
    for (const ref of [
      "",
      "-x",
      "--help",
      "a..b",
      "HEAD:deploy",
      "a b",
      "a\nb",
      "$(x)",
      "`x`",
      "x".repeat(251),
      "\0",
    ]) {
      const found = await commitOf(repository, ref);
      assert.ok(typeof found === "object" && /is not the name of a commit\.$/.test(found.mistake), ref);
    }
    for (const ref of ["nowhere", "HEAD~9", "v1^{tree}"])
      assert.deepEqual(await commitOf(repository, ref), noCommit(ref));
  });

  test("says in a sentence that there is no repository", async () => {
    assert.deepEqual(await revisionAt(directoryWith({}), "HEAD"), { mistake: "This is not in a git repository." });
  });

  test("says in a sentence that it is not there", async () => {
    const { PATH = "" } = process.env;
    process.env["PATH"] = directoryWith({});
    try {
      const mistake = "git is not installed here, or not on the PATH.";
      assert.deepEqual(await revisionAt(repository, "HEAD"), { mistake });
    } finally {
      process.env["PATH"] = PATH;
    }
  });

  test("starts nothing that the repository's own configuration names, and writes nothing", async () => {
    const trap = directoryWith({ "a.yaml": "a: 1\n" });
    git(trap, "init", "-q");
    commit(trap);
    const script = `touch ${join(trap, "sprung")}`;
    for (const key of [
      "core.fsmonitor",
      "core.pager",
      "core.editor",
      "core.sshCommand",
      "diff.external",
      "alias.rev-parse",
    ])
      git(trap, "config", key, key === "alias.rev-parse" ? `!${script}` : script);
    const before = git(trap, "ls-files", "--others", "--cached");
    const found = await revision(trap);
    await found.texts(found.paths, limit);
    assert.equal(git(trap, "-c", "core.fsmonitor=false", "ls-files", "--others", "--cached"), before);
  });

  test("goes by the directory, also within a hook of another repository", async () => {
    process.env["GIT_DIR"] = join(directoryWith({}), ".git");
    try {
      assert.deepEqual((await revision(join(repository, "deploy", "deep"))).paths, ["ä ü.yaml"]);
    } finally {
      delete process.env["GIT_DIR"];
    }
  });
});
