// Bundles everything that ships into dist/. `node scripts/build.mjs [--watch]`
import { cpSync, readFileSync, rmSync } from "node:fs";
import { build, context } from "esbuild";
import { page } from "./page.mjs";
import { ensureSchemas } from "./schemas/ensure.mjs";
import { writeThirdParty } from "./third-party.mjs";
import { topology } from "./topology.mjs";

/** VS Code 1.91 and Node 20.11 both load CommonJS without further ado. */
const shared = {
  bundle: true,
  platform: "node",
  target: "node20.11",
  format: "cjs",
  minify: true,
  keepNames: true,
  sourcemap: "linked",
  sourcesContent: false,
  legalComments: "none",
  metafile: true,
  mainFields: ["module", "main"],
  logLevel: "warning",
};

/** The YAML service brings a formatter along, a third of its size, which nobody here asks for. */
const withoutFormatter = {
  name: "without-formatter",
  setup({ onLoad }) {
    const contents = "export class YAMLFormatter { configure() {} format() { return Promise.resolve([]); } }";
    onLoad({ filter: /[/\\]services[/\\]yamlFormatter\.js$/ }, () => ({ contents }));
  },
};

/** Validators stand beside the bundles, which share them and load no more than they ask for. */
const validatorsBeside = {
  name: "validators-beside",
  setup({ onResolve }) {
    const path = "./validators/index.cjs";
    onResolve({ filter: /[/\\]\.generated[/\\]validators[/\\]index\.cjs$/ }, () => ({ path, external: true }));
  },
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
    plugins: [withoutFormatter, validatorsBeside],
  },
  {
    ...shared,
    entryPoints: { cli: "server/cli/main.ts" },
    outdir: "dist",
    banner: { js: "#!/usr/bin/env node" },
    plugins: [validatorsBeside],
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
if (process.argv.includes("--watch")) {
  for (const bundle of bundles) await (await context({ ...bundle, logLevel: "info" })).watch();
} else {
  const built = await Promise.all(bundles.map((bundle) => build(bundle)));
  writeThirdParty(
    built.map(({ metafile }) => metafile),
    JSON.parse(readFileSync("package.json", "utf8")),
  );
}
