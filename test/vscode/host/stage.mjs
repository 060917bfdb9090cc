// What a suite is played on: a fresh copy of a folder, and a fresh home for VS Code. Both go when the suite ends.

import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { kept, repository } from "./pinned.mjs";

/** User settings that keep VS Code from speaking up by itself. */
const calm = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "window.commandCenter": false,
  "chat.commandCenter.enabled": false,
};

export function setStage(suite) {
  const original = resolve(repository, suite.folder);
  if (!existsSync(original)) throw new Error(`its folder ${suite.folder} does not exist`);
  // A short path: the server puts a socket into its home, and the path of a socket may have about 100 characters.
  const root = mkdtempSync(join(realpathSync(tmpdir()), "headroom-"));
  const clear = () => {
    process.off("exit", clear);
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", clear);
  const workspaceFolder = join(root, basename(original));
  cpSync(original, workspaceFolder, { recursive: true });
  const home = join(root, "home");
  const user = join(home, "user-data", "User");
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, "settings.json"), JSON.stringify({ ...calm, ...suite.settings }, null, 2));
  return { home, workspaceFolder, screenshots: emptied("screenshots", suite), clear };
}

/** The arguments by which VS Code keeps to a home. */
export function foldersOf(home) {
  return ["--user-data-dir", join(home, "user-data"), "--extensions-dir", join(home, "extensions")];
}

/** Keeps the logs of VS Code for whoever looks into a suite that failed. */
export function keepLogs(suite, home) {
  const written = join(home, "user-data", "logs");
  const logs = emptied("logs", suite);
  if (existsSync(written)) cpSync(written, logs, { recursive: true });
  return logs;
}

function emptied(name, suite) {
  const folder = join(kept, name, suite.name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}
