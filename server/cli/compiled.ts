import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/** Runs a CommonJS file by what V8 made of it the last time, and keeps that for the next time. */
export function compiledIn(folder: string, filename: string): void {
  const source = readFileSync(filename, "utf8");
  const kept = join(folder, nameOf(filename));
  const cachedData = readKept(kept);
  const wrapped = `(function (exports, require, module, __filename, __dirname) { ${source}\n})`;
  const script = new Script(wrapped, { filename, ...(cachedData !== undefined && { cachedData }) });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(filename), module, filename, dirname(filename));
  // At the end, when V8 has also compiled the functions that were called.
  if (script.cachedDataRejected !== false) process.once("exit", () => keep(kept, script));
}

/** V8 refuses what another version of it made; of our own code it looks at the length alone. */
function nameOf(filename: string): string {
  const { size, mtimeMs } = statSync(filename);
  return `headroom-${process.versions.v8}-${process.arch}-${size}-${Math.round(mtimeMs)}`;
}

/** Nobody else may have written it: it is run as it stands. */
function readKept(kept: string): Buffer | undefined {
  try {
    const { uid, mode } = statSync(kept);
    const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    return isOurs ? readFileSync(kept) : undefined;
  } catch {
    return undefined;
  }
}

/** By a rename, so that nobody reads half of it. A folder that cannot be written is no reason to fail. */
function keep(kept: string, script: Script): void {
  const half = `${kept}.${process.pid}`;
  try {
    mkdirSync(dirname(kept), { recursive: true, mode: 0o700 });
  } catch {
    return;
  }
  try {
    writeFileSync(half, script.createCachedData(), { mode: 0o600 });
    renameSync(half, kept);
  } catch {
    rmSync(half, { force: true });
  }
}
