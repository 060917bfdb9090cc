// The same API suites in a desktop VS Code, which VSCODE_EXECUTABLE names.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { resolveCliArgsFromVSCodeExecutablePath, runTests } from "@vscode/test-electron";
import { compileApiSuite } from "./api.mjs";
import { developmentPath } from "./extension.mjs";
import { foldersOf, setStage } from "./stage.mjs";

export async function playOnDesktop(suite, { executable, extension }) {
  const { home, workspaceFolder, clear } = setStage(suite);
  try {
    const ours = extension();
    await suite.prepare?.({ home, workspaceFolder });
    if (ours.vsix !== undefined) await install(ours.vsix, executable, home);
    await runTests({
      vscodeExecutablePath: executable,
      // Its own idea of separate folders would be shared by all suites: `launchArgs` names fresh ones.
      reuseMachineInstall: true,
      extensionDevelopmentPath: developmentPath(ours, home),
      extensionTestsPath: await compileApiSuite(suite),
      launchArgs: [workspaceFolder, ...foldersOf(home)],
    });
  } finally {
    clear();
  }
}

async function install(vsix, executable, home) {
  const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  // As root, which CI often is, VS Code starts only without its sandbox. On Windows its command line is a script.
  args.push("--no-sandbox", ...foldersOf(home), "--install-extension", vsix);
  await promisify(execFile)(cli, args, { shell: process.platform === "win32" });
}
