// Chromium out of an npm package (@sparticuz/chromium, for Linux on x64), for machines without a browser.

import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installPinned } from "./pinned.mjs";

const run = promisify(execFile);
const pins = fileURLToPath(new URL("chromium", import.meta.url));
const fonts = join(pins, "fonts.conf");

/** The unpacked browser, and the environment in which it starts on this machine. */
export async function installChromium() {
  if (process.platform !== "linux" || process.arch !== "x64") throw new Error("no packed browser for this platform");
  const ingredients = [fileURLToPath(import.meta.url), fonts];
  const installed = await installPinned({ name: "chromium", pins, ingredients, finish: unpack });
  const executablePath = join(installed, "unpacked", "chromium");
  const env = { FONTCONFIG_FILE: join(installed, "fonts.conf") };
  if (await starts(executablePath, env)) return { executablePath, env };
  // NSS and its like come with the package; second choice, since they were built for another system.
  return { executablePath, env: { ...env, LD_LIBRARY_PATH: join(installed, "unpacked", "al2023", "lib") } };
}

/** The package unpacks to the folder for temporary files, and the libraries only if it believes itself in a cloud function. */
async function unpack(installed) {
  const unpacked = join(installed, "unpacked");
  mkdirSync(unpacked);
  copyFileSync(fonts, join(installed, "fonts.conf"));
  const script = 'import("@sparticuz/chromium").then((packed) => packed.default.executablePath())';
  const env = { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
  await run(process.execPath, ["--eval", script], { cwd: installed, env });
}

async function starts(executablePath, env) {
  const version = run(executablePath, ["--version"], { env: { ...process.env, ...env } });
  return version.then(
    () => true,
    () => false,
  );
}
