// What stands in for Red Hat's YAML extension (../yaml-extension): installed from the start, or packed to be installed later.

import { execFile } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { kept, repository } from "./pinned.mjs";

const source = join(repository, "test", "vscode", "yaml-extension");

export async function installYamlExtension({ home }) {
  await buildInto(join(home, "extensions", "redhat.vscode-yaml-0.0.1"));
}

/** Leaves `yaml-extension.vsix` beside the workspace's folder. */
export async function packYamlExtension({ workspaceFolder }) {
  const folder = join(kept, `yaml-extension-${process.pid}`);
  await buildInto(folder);
  try {
    const vsce = join(repository, "node_modules", "@vscode", "vsce", "vsce");
    const packed = join(workspaceFolder, "..", "yaml-extension.vsix");
    const lenient = ["--no-dependencies", "--allow-missing-repository", "--skip-license"];
    await promisify(execFile)(process.execPath, [vsce, "package", ...lenient, "--out", packed], { cwd: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function buildInto(folder) {
  mkdirSync(folder, { recursive: true });
  cpSync(join(source, "package.json"), join(folder, "package.json"));
  await build({
    entryPoints: [join(source, "extension.ts")],
    outfile: join(folder, "extension.js"),
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    mainFields: ["module", "main"],
    external: ["vscode"],
    logLevel: "error",
  });
}
