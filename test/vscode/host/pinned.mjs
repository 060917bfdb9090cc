// Installs a folder of pinned packages apart from the project, once for each lock file and platform.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../../..", import.meta.url));

/** What one run keeps for the next; ignored by git. */
export const kept = join(repository, ".vscode-test");

/**
 * The folder in which the packages pinned in the folder `pins` are installed, installing them if need be. The folder's name
 * carries a digest of all that went into it, and it gets that name only when `finish` has run: a run that was cut short
 * leaves nothing that looks installed. `ingredients` are further files that `finish` puts in. Node's version is not in it:
 * nothing is compiled, and the same installation runs on Node 20, 22 and 24.
 */
export async function installPinned({ name, pins, ingredients = [], finish = () => {} }) {
  const digest = createHash("sha256").update(`${process.platform} ${process.arch}`);
  for (const file of [join(pins, "package-lock.json"), ...ingredients]) digest.update(readFileSync(file));
  const installed = join(kept, `${name}-${digest.digest("hex").slice(0, 12)}`);
  if (existsSync(installed)) return installed;

  const started = Date.now();
  console.log(`# installing ${name} into ${kept}`);
  const partial = `${installed}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    for (const file of ["package.json", "package-lock.json"]) cpSync(join(pins, file), join(partial, file));
    await npmCi(partial);
    await finish(partial);
    takeItsName(partial, installed);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  removeOlder(name, installed);
  console.log(`# installed ${name} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return installed;
}

function takeItsName(partial, installed) {
  try {
    renameSync(partial, installed);
  } catch (error) {
    // Another run beside this one may have been faster.
    if (!existsSync(installed)) throw error;
  }
}

/** `npm ci` without the packages' scripts: whatever those would build or download, the host does without. */
export async function npmCi(folder, ...flags) {
  const quiet = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const [command, ...args] = [...npm, "ci", ...quiet, ...flags];
  const child = spawn(command, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (code !== 0) throw new Error(`npm ci ended with ${code}: ${said.trim()}`);
}

function removeOlder(name, installed) {
  // A name with a process id behind the digest is another run's work in progress: it stays.
  const finished = new RegExp(`^${name}-[0-9a-f]{12}$`);
  for (const entry of readdirSync(kept)) {
    if (finished.test(entry) && join(kept, entry) !== installed) rmSync(join(kept, entry), { recursive: true });
  }
}
