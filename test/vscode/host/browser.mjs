// A browser for the workbench: one that the machine has, or else the one that comes inside an npm package.

import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { installChromium } from "./chromium.mjs";
import { reasonOf, Unavailable } from "./unavailable.mjs";

const flags = [
  // Containers and CI run as root, where Chromium's own sandbox cannot be set up; it opens nothing but the loopback server.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Whatever the workbench would fetch from elsewhere, it does not get: a suite must not depend on the network.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Starts the first browser that can be started. */
export async function startBrowser() {
  const refused = [];
  for (const candidate of candidates()) {
    let executablePath;
    try {
      const found = await candidate();
      executablePath = found.executablePath;
      if (executablePath !== undefined) return await launch(executablePath, found.env);
    } catch (error) {
      refused.push(`${executablePath ?? "packed Chromium"}: ${reasonOf(error)}`);
    }
  }
  throw new Unavailable(`no browser can be started (${refused.join("; ")})`);
}

function launch(executablePath, env) {
  return chromium.launch({
    executablePath,
    args: flags,
    env: { ...process.env, ...env },
    timeout: 60_000,
    // A run that is told to end ends as a whole (run.mjs), and the browser with it.
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
  });
}

/** HEADROOM_CHROMIUM when it is set, and then only that: whoever names a browser wants no other. */
function candidates() {
  const named = process.env.HEADROOM_CHROMIUM;
  if (named) return [() => ({ executablePath: named })];
  return [() => ({ executablePath: onThisMachine() }), () => ({ executablePath: ofPlaywright() }), installChromium];
}

function onThisMachine() {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), mac].find(existsSync);
}

function ofPlaywright() {
  const installed = chromium.executablePath();
  return existsSync(installed) ? installed : undefined;
}
