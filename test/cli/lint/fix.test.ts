import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { unifiedDiff } from "../../../server/cli/fix/diff.ts";
import { bundleCli } from "../support/bundle.ts";
import { headroom, scratch } from "../support/scratch.ts";

const cli = await bundleCli();
const pod = (account: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: probe\nspec:\n  ${account}: prober\n  containers:\n    - name: probe\n      image: curlimages/curl:8.16.0\n`;
const old = pod("serviceAccount");
const mended = pod("serviceAccountName");
/** Its fix is a suggestion. */
const misspelt = "rules:\n  yaml/limit: eror\n";

function read(path: string): string {
  return readFileSync(path, "utf8");
}

describe("--fix", () => {
  it("applies safe fixes and tells what is left", () => {
    const cwd = scratch({ "a.yaml": old, "b.yaml": mended, "headroom.config.yaml": misspelt });
    const { exit, out, err } = headroom(cli, ["lint", "--fix"], { cwd });
    assert.deepEqual([exit, err], [1, ""]);
    assert.equal(read(`${cwd}/a.yaml`), mended);
    assert.equal(read(`${cwd}/headroom.config.yaml`), misspelt);
    assert.match(out, /^error headroom\.config\.yaml:2:15 config\/invalid\n/);
    assert.match(out, /\nfixed: a\.yaml\n3 files, 3 documents: 1 error\n$/);
    assert.deepEqual(readdirSync(cwd).sort(), ["a.yaml", "b.yaml", "headroom.config.yaml"]);
  });

  it("does nothing the second time", () => {
    const cwd = scratch({ "a.yaml": `${old}---\n${old}` });
    headroom(cli, ["lint", "--fix"], { cwd });
    const { mtimeMs } = statSync(`${cwd}/a.yaml`);
    assert.deepEqual(headroom(cli, ["lint", "--fix"], { cwd }), {
      exit: 0,
      out: "1 file, 2 documents: no problems\n",
      err: "",
    });
    assert.equal(statSync(`${cwd}/a.yaml`).mtimeMs, mtimeMs);
  });

  it("keeps mode, line breaks, byte order mark and encoding", () => {
    const windows = old.replaceAll("\n", "\r\n");
    const utf16 = Buffer.from(`\uFEFF${old}`, "utf16le");
    const cwd = scratch({
      "mode.yaml": old,
      "windows.yaml": `\uFEFF${windows}`,
      "le.yaml": utf16,
      "be.yaml": Buffer.from(utf16).swap16(),
    });
    chmodSync(`${cwd}/mode.yaml`, 0o666);
    assert.equal(headroom(cli, ["lint", "--fix", "--fail-on", "never"], { cwd }).exit, 0);
    assert.deepEqual([statSync(`${cwd}/mode.yaml`).mode & 0o777, read(`${cwd}/mode.yaml`)], [0o666, mended]);
    assert.equal(read(`${cwd}/windows.yaml`), `\uFEFF${mended.replaceAll("\n", "\r\n")}`);
    const le = Buffer.from(`\uFEFF${mended}`, "utf16le");
    assert.deepEqual(readFileSync(`${cwd}/le.yaml`), le);
    assert.deepEqual(readFileSync(`${cwd}/be.yaml`), Buffer.from(le).swap16());
  });

  it("leaves a file alone that has a syntax error anywhere", () => {
    const broken = `${old}---\na: {\n`;
    const cwd = scratch({ "a.yaml": broken });
    assert.equal(headroom(cli, ["lint", "--fix"], { cwd }).exit, 1);
    assert.equal(read(`${cwd}/a.yaml`), broken);
  });

  it("follows a link within the tree and no link out of it", () => {
    const outside = scratch({ "target.yaml": old });
    const cwd = scratch({ "real/a.yaml": old });
    symlinkSync("real/a.yaml", `${cwd}/inside.yaml`);
    symlinkSync(`${outside}/target.yaml`, `${cwd}/outside.yaml`);
    const { exit, err } = headroom(cli, ["lint", "--fix", "inside.yaml", "outside.yaml"], { cwd });
    assert.equal(exit, 2);
    assert.equal(err, `not fixed: outside.yaml: It is a link that leads out of ${cwd}.\n`);
    assert.deepEqual([read(`${cwd}/real/a.yaml`), read(`${outside}/target.yaml`)], [mended, old]);
    assert.ok(lstatSync(`${cwd}/inside.yaml`).isSymbolicLink());
  });

  it("says what cannot be written, and goes on", {
    skip: process.getuid?.() === 0 && "root may write anywhere",
  }, () => {
    const cwd = scratch({ "shut/a.yaml": old, "b.yaml": old });
    chmodSync(`${cwd}/shut`, 0o555);
    const { exit, err } = headroom(cli, ["lint", "--fix"], { cwd });
    chmodSync(`${cwd}/shut`, 0o755);
    assert.deepEqual([exit, err], [2, "not fixed: shut/a.yaml: No permission to write here.\n"]);
    assert.deepEqual([read(`${cwd}/shut/a.yaml`), read(`${cwd}/b.yaml`)], [old, mended]);
  });

  it("does not take standard input", () => {
    for (const option of ["--fix", "--fix-dry-run"]) {
      assert.deepEqual(headroom(cli, ["lint", "-", option], { cwd: scratch(), input: old }), {
        exit: 2,
        out: "",
        err: `${option} mends files, and standard input is none: give the path of a file.\n`,
      });
    }
  });
});

describe("--fix-dry-run", () => {
  it("prints a diff that git applies, and writes nothing", () => {
    const files = { "deploy/a.yaml": old, 'b "ü" c.yaml': `${mended}---\n${old.trimEnd()}`, "clean.yaml": mended };
    const cwd = scratch(files);
    const { exit, out, err } = headroom(cli, ["lint", "--fix-dry-run"], { cwd });
    assert.deepEqual([exit, err], [1, "2 files would be fixed\n"]);
    for (const [path, text] of Object.entries(files)) assert.equal(read(`${cwd}/${path}`), text);
    const applied = spawnSync("git", ["apply", "-"], { cwd, input: out, encoding: "utf8" });
    assert.equal(applied.status, 0, applied.stderr);
    assert.equal(read(`${cwd}/deploy/a.yaml`), mended);
    assert.equal(read(`${cwd}/b "ü" c.yaml`), `${mended}---\n${mended.trimEnd()}`);
  });

  it("of nothing is nothing", () => {
    const cwd = scratch({ "clean.yaml": mended });
    assert.deepEqual(headroom(cli, ["lint", "--fix-dry-run"], { cwd }), {
      exit: 0,
      out: "",
      err: "0 files would be fixed\n",
    });
  });

  it("and a report on standard output do not go together, nor with --fix", () => {
    const cwd = scratch();
    for (const [args, err] of [
      [
        ["--fix-dry-run", "--format", "json"],
        "--fix-dry-run prints a diff: give each --format a file, as in --format json=FILE.\n",
      ],
      [["--fix-dry-run", "--fix"], "--fix writes and --fix-dry-run does not: give one of them.\n"],
    ] as const) {
      assert.deepEqual(headroom(cli, ["lint", ...args], { cwd }), { exit: 2, out: "", err });
    }
  });
});

describe("a unified diff", () => {
  it("shows three lines around each change", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `${index + 1}\n`);
    const after = lines.with(1, "two\n").toSpliced(15, 1).join("");
    assert.equal(
      unifiedDiff("a.yaml", lines.join(""), after),
      `--- a/a.yaml
+++ b/a.yaml
@@ -1,5 +1,5 @@
 1
-2
+two
 3
 4
 5
@@ -13,7 +13,6 @@
 13
 14
 15
-16
 17
 18
 19
`,
    );
  });

  it("is empty for the same text", () => assert.equal(unifiedDiff("a", "x", "x"), ""));

  it("turns one text into the other, whatever they are", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "", "c\r"), { maxLength: 12 })
      .chain((lines) => fc.boolean().map((end) => lines.join("\n") + (end && lines.length > 0 ? "\n" : "")));
    fc.assert(
      fc.property(text, text, (before, after) => {
        assert.equal(patched(before, unifiedDiff("f", before, after)), after);
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  it("of texts that have nothing in common stays cheap and true", () => {
    const many = (word: string) => Array.from({ length: 5000 }, (_, index) => `${word}${index}\n`).join("");
    const [before, after] = [many("a"), many("b")];
    assert.equal(patched(before, unifiedDiff("f", before, after)), after);
  });
});

/** Applies a diff by what POSIX says of its lines. */
function patched(before: string, diff: string): string {
  if (diff === "") return before;
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const out: string[] = [];
  let at = 0;
  for (const line of diff.replaceAll("\n\\ No newline at end of file\n", "\u0000").match(/[^\n\0]*[\n\0]/g) ?? []) {
    const hunk = /^@@ -(\d+),(\d+) \+\d+,\d+ @@/.exec(line);
    const content = line.slice(1).replace("\u0000", "");
    if (hunk !== null) {
      const from = Number(hunk[1]) - (hunk[2] === "0" ? 0 : 1);
      out.push(...old.slice(at, from));
      at = from;
    } else if (/^(?:---|\+\+\+) [ab]\/f\n$/.test(line)) continue;
    else if (line.startsWith("+")) out.push(content);
    else {
      assert.equal(old[at], content);
      if (line.startsWith(" ")) out.push(content);
      at++;
    }
  }
  return [...out, ...old.slice(at)].join("");
}
