// What stands around the text: the role of a file, the stack as a tree, and a word when the server falls.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { roomy } from "../host/preview.mjs";

export const name = "everyday";
export const folder = "examples/broken";
export const settings = roomy;

export async function run({ page, workbench, workspaceFolder }) {
  await workbench.openFile("sidecar.yaml");
  const role = page.locator('[id$="headroom.role"]');
  const sidecar = page.locator('[id$="headroom.role"][aria-label="4 objects: 2 errors, 2 warnings"]');
  await sidecar.waitFor();
  await role.click();
  await page.locator(".markers-panel").waitFor();

  const tree = page.locator('.pane-header[aria-label^="Inference stack"]');
  await tree.click();
  const rows = page.locator('.pane:has(.pane-header[aria-label^="Inference stack"]) .monaco-list-row');
  await rows.first().waitFor();
  await workbench.screenshot("stack");
  await rows.filter({ hasText: "InferencePool" }).first().click();
  await page.locator('.tab.active[data-resource-name="router.yaml"]').waitFor();

  // A file that no forecast starts from offers none.
  await workbench.openFile("kustomization.yaml");
  await page.locator('.editor-actions a[aria-label^="Open Scaling Preview"]').waitFor({ state: "detached" });

  // Processes are found in /proc.
  if (process.platform !== "linux") return;
  const toast = page.locator(".notification-toast", { hasText: "ended by itself and was started again" });
  await fall(workspaceFolder);
  await toast.waitFor();
  await workbench.screenshot("fallen");
  await toast.locator(".monaco-button", { hasText: "Show Log" }).click();
  await page.locator(".output-view").waitFor();

  // The next server answers. When it falls too, nothing is said again.
  await workbench.openFile("saturation.yaml");
  await page.locator('[id$="headroom.role"][aria-label^="ConfigMap"]').waitFor();
  await fall(workspaceFolder);
  await workbench.openFile("sidecar.yaml");
  await sidecar.waitFor();
  assert.equal(await toast.count(), 0);
}

/** Kills the language server and waits for the next one. */
async function fall(workspaceFolder) {
  const before = serverOf(workspaceFolder);
  assert.ok(before, "no language server runs");
  process.kill(Number(before), "SIGKILL");
  for (let waited = 0; ; waited += 1) {
    const now = serverOf(workspaceFolder);
    if (now !== undefined && now !== before) return;
    assert.ok(waited < 200, "no other server was started");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The process of the language server: it has inherited the home that was made for this suite. */
function serverOf(workspaceFolder) {
  const home = join(workspaceFolder, "..", "home");
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .find((pid) => read(pid, "cmdline").includes("dist/server.js") && read(pid, "environ").includes(home));
}

function read(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
