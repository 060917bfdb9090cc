import { rmSync } from "node:fs";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { slimYamlService } from "../../scripts/slim.mjs";

/** Runs a program that needs the YAML service, which Node alone cannot load. */
export async function runBundled(entry: string): Promise<void> {
  const outfile = resolve(`.test-build/bench-${basename(entry, ".ts")}-${process.pid}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    plugins: [slimYamlService],
    logLevel: "warning",
  });
  try {
    await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}
