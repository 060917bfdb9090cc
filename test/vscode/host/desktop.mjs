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
    // Electron refuses to run as root with its sandbox, and CI often is root.
    const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    if (ours.vsix !== undefined) {
      const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
      await promisify(execFile)(cli, [...args, ...asRoot, ...foldersOf(home), "--install-extension", ours.vsix]);
    }
    await runTests({
      vscodeExecutablePath: executable,
      reuseMachineInstall: true,
      extensionDevelopmentPath: developmentPath(ours, home),
      extensionTestsPath: await compileApiSuite(suite),
      launchArgs: [workspaceFolder, ...foldersOf(home), ...asRoot],
    });
  } finally {
    clear();
  }
}
