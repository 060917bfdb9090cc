import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { build } from "esbuild";

let directory = "";
let kept = "";

before(async () => {
  directory = mkdtempSync(join(tmpdir(), "headroom-compiled-"));
  writeFileSync(join(directory, "answer.js"), 'console.log(6 * 7, require("node:path").basename(__filename));');
  await build({
    stdin: {
      contents: 'import { compiledIn } from "./server/cli/compiled.ts"; compiledIn(process.argv[2], process.argv[3]);',
      resolveDir: process.cwd(),
      loader: "ts",
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: join(directory, "program.cjs"),
    logLevel: "warning",
  });
});

after(() => rmSync(directory, { recursive: true }));

function run(): string {
  const words = [join(directory, "program.cjs"), kept, join(directory, "answer.js")];
  return execFileSync(process.execPath, words, { encoding: "utf8" });
}

function keptFile() {
  const [name = "", ...others] = readdirSync(kept);
  assert.deepEqual(others, []);
  return join(kept, name);
}

test("what V8 compiled is kept in the folder, and the next run takes it as it is", () => {
  kept = join(directory, "kept");
  assert.equal(run(), "42 answer.js\n");
  const { ino } = statSync(keptFile());
  assert.equal(run(), "42 answer.js\n");
  assert.equal(statSync(keptFile()).ino, ino);
});

test("what V8 does not know is written anew", () => {
  kept = join(directory, "damaged");
  run();
  writeFileSync(keptFile(), "no code");
  assert.equal(run(), "42 answer.js\n");
  assert.notEqual(readFileSync(keptFile(), "latin1"), "no code");
});

test("what others may have written is not run", { skip: process.platform === "win32" }, () => {
  kept = join(directory, "open");
  run();
  const { ino } = statSync(keptFile());
  chmodSync(keptFile(), 0o666);
  assert.equal(run(), "42 answer.js\n");
  assert.notEqual(statSync(keptFile()).ino, ino);
  assert.equal(statSync(keptFile()).mode & 0o777, 0o600);
});

test("a folder that cannot be made is no reason to fail", () => {
  kept = join(directory, "a-file");
  writeFileSync(kept, "");
  assert.equal(run(), "42 answer.js\n");
});
