import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { flagsFor } from "../../server/cli/tiers.ts";

const program = "for (const flag of process.argv.slice(1)) require('node:v8').setFlagsFromString(flag); console.log(1)";

function afterSetting(flags: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", program, "--", ...flags], { encoding: "utf8" });
  return stdout + stderr;
}

test("V8 knows every flag that is set in this version of Node", () => {
  assert.equal(afterSetting(flagsFor(process.versions.node)), "1\n");
  assert.match(afterSetting(["--no-flag-of-this-name"]), /unrecognized flag/);
});

test("a version of Node that was not tried keeps V8's own way", () => {
  assert.ok(flagsFor("20.11.0").length > 0);
  assert.deepEqual(flagsFor("21.0.0"), []);
  assert.deepEqual(flagsFor("220.0.0"), []);
});
