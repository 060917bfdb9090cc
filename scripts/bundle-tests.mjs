// Bundles test files so that Node 20 runs them: every entry of its own, shared code in shared chunks.
import { build } from "esbuild";
import { glob } from "./glob.mjs";
import { ensureSchemas } from "./schemas/ensure.mjs";

/**
 * @param {string[]} patterns file name parts to keep; none keeps all
 * @param {string} outdir a folder of this run alone, so that runs beside each other do not meet
 */
export async function bundleTests(patterns, outdir) {
  await ensureSchemas();
  const all = glob("test", ".test.ts");
  const entryPoints = patterns.length === 0 ? all : all.filter((file) => patterns.some((part) => file.includes(part)));
  await build({
    entryPoints,
    outbase: ".",
    outdir,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20.11",
    packages: "external",
    sourcemap: "inline",
    logLevel: "warning",
    outExtension: { ".js": ".mjs" },
  });
  return entryPoints.map((file) => `${outdir}/${file.replace(/\.ts$/, ".mjs")}`);
}
