// The VS Code that the suites run in: code-server from the npm registry, which carries VS Code's server and its web workbench.

import { copyFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPinned, npmCi } from "./pinned.mjs";
import { reasonOf, Unavailable } from "./unavailable.mjs";

const pins = fileURLToPath(new URL(".", import.meta.url));
const standIns = join(pins, "standins");

/** The folder of an installed code-server. */
export async function installVSCode() {
  try {
    const installed = await installPinned({
      name: "code-server",
      pins,
      ingredients: [fileURLToPath(import.meta.url), ...readdirSync(standIns).map((file) => join(standIns, file))],
      finish: finishInstall,
    });
    return join(installed, "node_modules", "code-server");
  } catch (error) {
    throw new Unavailable(`code-server cannot be installed: ${reasonOf(error)}`);
  }
}

async function finishInstall(installed) {
  const packages = join(installed, "node_modules");
  const vscode = join(packages, "code-server", "lib", "vscode");
  const inner = join(vscode, "node_modules");
  // The lock file that VS Code's server ships leaves out a peer dependency (tslib), which npm would otherwise refuse.
  await npmCi(vscode, "--legacy-peer-deps");
  // Where the server looks for some of its packages: at home this is the unpacked archive of the desktop.
  symlinkSync("node_modules", join(vscode, "node_modules.asar"), "junction");
  standIn("argon2", packages);
  standIn("native-watchdog", inner);
  standIn("node-pty", inner);
  standIn("@vscode/spdlog", inner);
  linkRipgrep(packages, inner);
}

/**
 * Puts a few lines of JavaScript in the place of a native module. The real ones would have to be compiled (python3, make, a C++
 * compiler, Node's headers, two minutes), and a test host needs nothing of what they add.
 */
function standIn(name, packages) {
  const folder = join(packages, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: "0.0.0", main: "index.cjs" }));
  copyFileSync(join(standIns, `${name.split("/").pop()}.cjs`), join(folder, "index.cjs"));
}

/**
 * Finding files is ripgrep's work. The version that VS Code asks for would download it; a later one of the same package brings
 * it as a package for each platform.
 */
function linkRipgrep(packages, inner) {
  const { rgPath } = createRequire(join(packages, "@vscode", "ripgrep", "package.json"))("@vscode/ripgrep");
  const expected = join(inner, "@vscode", "ripgrep", "bin", process.platform === "win32" ? "rg.exe" : "rg");
  mkdirSync(dirname(expected), { recursive: true });
  copyFileSync(rgPath, expected);
}
