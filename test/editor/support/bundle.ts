import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import { slimYamlService } from "../../../scripts/slim.mjs";

let built: Promise<string> | undefined;

/** The server as it ships, made from the sources of this moment. Returns its path. */
export function bundledServer(): Promise<string> {
  built ??= bundle();
  return built;
}

async function bundle(): Promise<string> {
  const outdir = resolve(`.test-build/editor-${process.pid}`);
  await build({
    entryPoints: ["server/editor/main.ts"],
    outfile: `${outdir}/server.cjs`,
    bundle: true,
    platform: "node",
    target: "node20.11",
    format: "cjs",
    mainFields: ["module", "main"],
    plugins: [slimYamlService],
    logLevel: "warning",
  });
  process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));
  return `${outdir}/server.cjs`;
}
