import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { bundleCli } from "../support/bundle.ts";
import { headroom, scratch } from "../support/scratch.ts";

const cli = await bundleCli();
const twice = "apiVersion: v1\nkind: ConfigMap\nkind: Secret\n";
const clean = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: notes\n";
const file = "headroom.baseline.json";

function known(files: Record<string, string>): string {
  const cwd = scratch({ ".git/HEAD": "ref: refs/heads/main\n", ...files });
  assert.equal(headroom(cli, ["lint", "--update-baseline"], { cwd }).exit, 0);
  return cwd;
}

describe("--baseline", () => {
  it("leaves out what is known, says so, and tells what is new", () => {
    const cwd = known({ "a.yaml": twice });
    assert.deepEqual(headroom(cli, ["lint", "--baseline", file], { cwd }), {
      exit: 0,
      out: `1 known finding not told (${file})\n1 file, 1 document: no problems\n`,
      err: "",
    });
    writeFileSync(`${cwd}/a.yaml`, `# moved\n${twice}data: {}\ndata: {}\n`);
    const { exit, out } = headroom(cli, ["lint", "--baseline", file], { cwd });
    assert.equal(exit, 1);
    assert.match(out, /^error a\.yaml:6:1 yaml\/duplicate-key\n/);
    assert.match(out, /\n1 known finding not told \(headroom\.baseline\.json\)\n1 file, 1 document: 1 error\n$/);
  });

  it("knows the same findings from every directory of a repository", () => {
    const cwd = known({ "deploy/a.yaml": twice });
    for (const [at, args] of [
      ["deploy", ["--baseline", `../${file}`]],
      ["", ["deploy/a.yaml", "--baseline", file]],
    ] as const) {
      assert.equal(headroom(cli, ["lint", ...args], { cwd: `${cwd}/${at}` }).exit, 0);
    }
  });

  it("tells what is gone, also with its file, and nothing of files that nobody looked at", () => {
    const cwd = known({ "a.yaml": twice, "b.yaml": twice, "c.yaml": twice });
    writeFileSync(`${cwd}/a.yaml`, clean);
    rmSync(`${cwd}/b.yaml`);
    const { exit, out } = headroom(cli, ["lint", "a.yaml", "--baseline", file], { cwd });
    assert.equal(exit, 0);
    assert.match(out, /^gone: a\.yaml yaml\/duplicate-key The key .*\ngone: b\.yaml yaml\/duplicate-key .*\n/);
    assert.match(
      out,
      /\n2 known findings are gone: --update-baseline forgets them\n1 file, 1 document: no problems\n$/,
    );
  });

  it("that is missing or something else is a mistake", () => {
    for (const [text, reason] of [
      [undefined, "It vanished before it could be read."],
      ["", "This is no baseline of Headroom."],
      ["[]", "This is no baseline of Headroom."],
      ['{"version":2,"findings":[]}', "This is no baseline of Headroom."],
      ['{"version":1,"findings":[{"rule":1}]}', "This is no baseline of Headroom."],
      ['{"version":1,"findings":[{"__proto__":{"rule":"","file":"","fingerprint":"","message":""}}]}', "This is no"],
    ] as const) {
      const cwd = scratch({ "a.yaml": twice, ...(text !== undefined && { "b.json": text }) });
      const { exit, out, err } = headroom(cli, ["lint", "--baseline", "b.json"], { cwd });
      assert.deepEqual([exit, out], [2, ""]);
      assert.ok(err.startsWith(`The baseline b.json does not count. ${reason}`), err);
    }
  });
});

describe("--update-baseline", () => {
  it("writes a line for each finding, the same on every run", () => {
    const cwd = known({ "b.yaml": twice, "a.yaml": twice });
    const first = readFileSync(`${cwd}/${file}`, "utf8");
    assert.deepEqual(
      JSON.parse(first).findings.map(({ file }: { file: string }) => file),
      ["a.yaml", "b.yaml"],
    );
    assert.equal(first.split("\n").length, 5);
    const { exit, out } = headroom(cli, ["lint", "--update-baseline"], { cwd });
    assert.equal(exit, 0);
    assert.match(out, /^headroom\.baseline\.json: 2 known findings, 0 of them new, 0 gone\n/);
    assert.equal(readFileSync(`${cwd}/${file}`, "utf8"), first);
  });

  it("keeps what is known of files that nobody looked at, and forgets what is gone", () => {
    const cwd = known({ "a.yaml": twice, "b.yaml": twice, "c.yaml": twice });
    writeFileSync(`${cwd}/a.yaml`, clean);
    rmSync(`${cwd}/c.yaml`);
    const { out } = headroom(cli, ["lint", "a.yaml", "--update-baseline"], { cwd });
    assert.match(out, /: 1 known finding, 0 of them new, 2 gone\n/);
    assert.match(readFileSync(`${cwd}/${file}`, "utf8"), /"file":"b\.yaml"/);
  });

  it("does not write over something that is no baseline", () => {
    const cwd = scratch({ "a.yaml": twice, "package.json": "{}" });
    const { exit, err } = headroom(cli, ["lint", "--baseline", "package.json", "--update-baseline"], { cwd });
    assert.equal(exit, 2);
    assert.match(
      err,
      /^The baseline package\.json does not count\. This is no baseline of Headroom\. Delete it first\.\n/,
    );
    assert.equal(readFileSync(`${cwd}/package.json`, "utf8"), "{}");
  });
});
