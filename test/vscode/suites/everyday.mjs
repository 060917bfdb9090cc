// What stands around the text: the role of a file, the stack as a tree, and a word when the server falls.

import assert from "node:assert/strict";
import { nextServerOf, serverOf } from "../host/language-server.mjs";
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
  await nextServerOf(workspaceFolder, before);
}
