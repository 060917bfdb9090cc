// Runs the tests: `node scripts/test.mjs [part of a file name…]`
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { bundleTests } from "./bundle-tests.mjs";

const outdir = `.test-build/run-${process.pid}`;
const files = await bundleTests(process.argv.slice(2), outdir);
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter=dot", ...files], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
rmSync(outdir, { recursive: true, force: true });
