import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";

/** The command line as it ships, bundled from the present sources: never a stale one. */
export async function bundleCli(): Promise<string> {
  mkdirSync(".test-build", { recursive: true });
  const directory = resolve(mkdtempSync(join(".test-build", "cli-")));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  await build({
    entryPoints: { cli: "server/cli/main.ts" },
    outdir: directory,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.11",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  return join(directory, "cli.js");
}
