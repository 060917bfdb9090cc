// Compares the engine with behaviour vectors: `npm run --silent conformance -- FILE...` prints one JSON object a file.
import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const outfile = `.test-build/conformance-${process.pid}.mjs`;
await build({
  entryPoints: ["test/conformance/main.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  outfile,
  logLevel: "warning",
});
try {
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(outfile);
}
