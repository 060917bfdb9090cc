// Bundles a TypeScript program and runs it here.
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const requires = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/**
 * @param {string} entry
 * @param {{ whole?: import("esbuild").Plugin[] }} ways `whole` bundles packages too, with these plugins: the YAML service
 * is one that Node alone cannot load
 */
export async function runBundled(entry, { whole } = {}) {
  const outfile = resolve(`.test-build/program-${process.pid}.mjs`);
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "esm",
    ...(whole === undefined
      ? { packages: "external" }
      : { mainFields: ["module", "main"], banner: { js: requires }, plugins: whole }),
    outfile,
    logLevel: "warning",
  });
  try {
    // Each program is one of its own, also where the process runs several.
    return await import(`${pathToFileURL(outfile).href}?${entry}`);
  } finally {
    rmSync(outfile);
  }
}
