// What an SRE does at night: open the manifest of the pod that dies, see why, take the fix.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

export const name = "quick-fix";
export const folder = "examples/broken";
export const settings = { "editor.minimap.enabled": false, "workbench.colorTheme": "Default Dark Modern" };

const finding = "its CPU cache alone takes 150Gi";

/** The line below the comment that marks the mistake, counted from 1. */
function limitLine() {
  const lines = readFileSync(`${folder}/sidecar.yaml`, "utf8").split("\n");
  return lines.findIndex((line) => line.includes("# mistake: lmcache/memory-limit")) + 2;
}

export async function run({ page, workbench }) {
  await workbench.openFile("sidecar.yaml");
  await page.locator('[id="status.problems"][aria-label*="Errors: 7"]').waitFor();
  const before = await workbench.problems(finding);
  assert.equal(before.filter((line) => line.includes(finding)).length, 1, before.join("\n"));

  await workbench.goTo(limitLine(), 23);
  await page.locator(".view-overlays .squiggly-error").first().waitFor();
  await workbench.screenshot("findings");

  await page.keyboard.press("Control+.");
  const fix = page.locator(".action-widget .monaco-list-row").getByText("Raise the memory limit to 165Gi").first();
  await fix.waitFor();
  await workbench.screenshot("quick-fix");
  await page.keyboard.press("Enter");

  await page.locator(".monaco-editor .view-lines").getByText("165Gi").first().waitFor();
  // One error less, and the mark under the value is gone.
  await page.locator('[id="status.problems"][aria-label*="Errors: 6"]').waitFor();
  await page.locator(".view-overlays .squiggly-error").waitFor({ state: "detached" });
  await workbench.screenshot("mended");
}
