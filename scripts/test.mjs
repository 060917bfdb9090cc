// Runs the tests: `node scripts/test.mjs [part of a file name…]`
import { spawnSync } from "node:child_process";
import { bundleTests } from "./bundle-tests.mjs";

const files = await bundleTests(process.argv.slice(2));
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", "--test-reporter=dot", ...files], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
