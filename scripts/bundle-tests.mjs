// Bundles test files so that Node 20 runs them: every entry of its own, shared code in shared chunks.
import { rmSync } from "node:fs";
import { build } from "esbuild";
import { glob } from "./glob.mjs";

/** @param {string[]} patterns file name parts to keep; none keeps all */
export async function bundleTests(patterns) {
  const all = glob("test", ".test.ts");
  const entryPoints = patterns.length === 0 ? all : all.filter((file) => patterns.some((part) => file.includes(part)));
  rmSync(".test-build", { recursive: true, force: true });
  await build({
    entryPoints,
    outbase: ".",
    outdir: ".test-build",
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
  return entryPoints.map((file) => `.test-build/${file.replace(/\.ts$/, ".mjs")}`);
}
