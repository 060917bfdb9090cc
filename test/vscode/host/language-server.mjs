// The process of the language server, found in /proc: in Linux alone.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** It has inherited the home that was made for the suite. */
export function serverOf(workspaceFolder) {
  const home = join(workspaceFolder, "..", "home");
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => read(pid, "cmdline").includes("dist/server.js") && read(pid, "environ").includes(home));
}

/** Waits until another one runs instead. */
export async function nextServerOf(workspaceFolder, before) {
  for (let waited = 0; ; waited += 1) {
    const now = serverOf(workspaceFolder);
    if (now !== undefined && now !== before) return;
    assert.ok(waited < 200, "no other server was started");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function read(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
