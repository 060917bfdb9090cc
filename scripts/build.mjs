// Bundles everything that ships into dist/. `node scripts/build.mjs [--watch]`
import { cpSync, readFileSync, rmSync, statSync } from "node:fs";
import { build, context } from "esbuild";
import { page } from "./page.mjs";
import { ensureSchemas } from "./schemas/ensure.mjs";
import { largest, schemasBeside, slimYamlService, validatorsBeside, writeSchemas } from "./slim.mjs";
import { writeThirdParty } from "./third-party.mjs";
import { topology } from "./topology.mjs";

/** VS Code 1.91 and Node 20.11 both load CommonJS without further ado. */
const shared = {
  bundle: true,
  platform: "node",
  target: "node20.11",
  format: "cjs",
  minify: true,
  sourcemap: "linked",
  sourcesContent: false,
  legalComments: "none",
  metafile: true,
  mainFields: ["module", "main"],
  logLevel: "warning",
};

/** The protocol is most of the client's code. It stands beside, and is loaded once the extension is awake. */
const protocolBeside = {
  name: "protocol-beside",
  setup({ onResolve }) {
    onResolve({ filter: /^vscode-languageclient\/node$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./language-client.js", external: true } : undefined,
    );
  },
};

const bundles = [
  {
    ...shared,
    entryPoints: { extension: "client/extension.ts" },
    outdir: "dist",
    external: ["vscode"],
    // By `require`, which knows every name that a CommonJS file exports.
    supported: { "dynamic-import": false },
    plugins: [protocolBeside],
  },
  {
    ...shared,
    entryPoints: { "language-client": "vscode-languageclient/node" },
    outdir: "dist",
    external: ["vscode"],
  },
  {
    ...shared,
    entryPoints: { server: "server/editor/main.ts" },
    outdir: "dist",
    plugins: [slimYamlService, validatorsBeside, schemasBeside],
  },
  {
    ...shared,
    entryPoints: { "command-line": "server/cli/main.ts" },
    outdir: "dist",
    plugins: [validatorsBeside],
  },
  {
    ...shared,
    entryPoints: { cli: "server/cli/start.ts" },
    outdir: "dist",
    banner: { js: "#!/usr/bin/env node" },
  },
  { ...shared, entryPoints: { engine: "server/engine/index.ts" }, outdir: "dist", platform: "neutral" },
  {
    ...shared,
    entryPoints: { engine: "server/engine/index.ts" },
    outdir: "dist",
    platform: "neutral",
    format: "esm",
    outExtension: { ".js": ".mjs" },
  },
  page,
  topology,
];

await ensureSchemas();
if (!process.argv.includes("--watch")) rmSync("dist", { recursive: true, force: true });
cpSync(".generated/validators", "dist/validators", { recursive: true });
writeSchemas("dist");
if (process.argv.includes("--watch")) {
  for (const bundle of bundles) await (await context({ ...bundle, logLevel: "info" })).watch();
} else {
  const built = await Promise.all(bundles.map((bundle) => build(bundle)));
  writeThirdParty(
    built.map(({ metafile }) => metafile),
    JSON.parse(readFileSync("package.json", "utf8")),
  );
}

/** A bundle that grew beyond its bound is told of at once, not when somebody waits for it to load. */
if (!process.argv.includes("--watch")) {
  for (const [file, most] of Object.entries(largest)) {
    const { size } = statSync(`dist/${file}`);
    if (process.argv.includes("--sizes")) console.log(`${file.padEnd(16)} ${size} of at most ${most} bytes`);
    if (size <= most) continue;
    console.error(`dist/${file} is ${size} bytes, above its bound of ${most} (scripts/slim.mjs).`);
    process.exitCode = 1;
  }
}
