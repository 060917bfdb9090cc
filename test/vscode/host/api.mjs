// Suites that run inside an extension host and see what an extension sees: one file that exports `run()`.

import { basename, join } from "node:path";
import { build } from "esbuild";
import { kept, repository } from "./pinned.mjs";

/** Compiles a suite to the one CommonJS file that an extension host can load. */
export async function compileApiSuite(suite) {
  const source = join(repository, suite.api);
  const outfile = join(kept, "api", `${basename(source, ".ts")}.cjs`);
  const forExtensionHost = { platform: "node", format: "cjs", target: "node20", external: ["vscode"] };
  await build({ entryPoints: [source], outfile, bundle: true, ...forExtensionHost, logLevel: "silent" });
  return outfile;
}

/** Runs a suite in a workbench, and fails with what its `run()` threw. `open` opens the workbench. */
export async function runApiSuite(suite, open) {
  let end;
  const ended = new Promise((resolve) => (end = resolve));
  // The workbench calls these two: the first for each line of its log, the second when `run()` has ended.
  const expose = { codeAutomationLog: () => {}, codeAutomationExit: (code) => end(code) };
  const workbench = await open({ payload: { extensionTestsPath: await compileApiSuite(suite) }, expose });
  if ((await ended) !== 0) throw new Error(workbench.complaints.errors.pop() ?? "run() failed and gave no reason");
}
