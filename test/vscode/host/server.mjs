// A running code-server with a home of its own: nothing of the person's own VS Code is read or written.

import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { foldersOf } from "./stage.mjs";

/** Starts a server in a home (see stage.mjs) and waits until it listens. */
export async function startServer({ codeServer, home, trustsAll = true }) {
  const trust = trustsAll ? ["--disable-workspace-trust"] : [];
  const args = [...codeServerArguments(codeServer, home), ...trust, "--bind-addr", "127.0.0.1:0"];
  const child = spawn(process.execPath, args, {
    env: environment(home),
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, so that its extension hosts and language servers end with it.
    detached: process.platform !== "win32",
  });
  const stop = () => endGroup(child);
  process.on("exit", stop);
  try {
    const address = await listening(child);
    return { address, stop: () => stopped(child, stop) };
  } catch (error) {
    stop();
    throw error;
  }
}

/** Installs a packed extension into the home of a server that is yet to be started. */
export async function installExtension({ codeServer, home, vsix }) {
  const args = [...codeServerArguments(codeServer, home), "--install-extension", vsix, "--force"];
  await promisify(execFile)(process.execPath, args, { env: environment(home) });
}

function codeServerArguments(codeServer, home) {
  return [
    join(codeServer, "out", "node", "entry.js"),
    ...["--auth", "none", "--disable-telemetry", "--disable-update-check"],
    ...["--config", join(home, "code-server.yaml")],
    ...foldersOf(home),
  ];
}

function environment(home) {
  // Started from a terminal inside VS Code, those variables would make code-server talk to that VS Code instead.
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|CODE_SERVER_|ELECTRON_|PASSWORD$)/.test(name),
  );
  return {
    ...Object.fromEntries(inherited),
    XDG_DATA_HOME: join(home, "data"),
    XDG_CONFIG_HOME: join(home, "config"),
    // No gallery of extensions: a suite asks nothing of the network.
    EXTENSIONS_GALLERY: "{}",
  };
}

function listening(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`code-server did not answer within 60 s: ${said}`)), 60_000);
    const read = (text) => {
      said += text;
      const address = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`code-server ended with ${code}: ${said}`)));
  });
}

function endGroup(child, signal = "SIGKILL") {
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Gone already.
  }
}

async function stopped(child, stop) {
  process.off("exit", stop);
  const gone = new Promise((resolve) => (child.exitCode === null ? child.on("exit", resolve) : resolve()));
  // Nothing in its home outlives the suite, so there is nothing that it would have to save first.
  stop();
  await gone;
}
