// A folder that nobody trusts: the preview works, and git does not run in it before somebody does.

import assert from "node:assert/strict";
import { Preview, roomy } from "../host/preview.mjs";

export const name = "preview-untrusted";
export const folder = "examples/production";
export const trustsAll = false;
export const settings = {
  ...roomy,
  "security.workspace.trust.enabled": true,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
};

export async function run({ page, workbench }) {
  const preview = new Preview(workbench);
  const entries = page.locator(".quick-input-list .monaco-list-row");
  const offered = async () => {
    await workbench.runCommand("Headroom: Compare Scaling Preview With…");
    await entries.filter({ hasText: "Saved" }).waitFor();
    const labels = await entries.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    await page.keyboard.press("Escape");
    await entries.first().waitFor({ state: "hidden" });
    return labels.join("\n");
  };

  await workbench.openFile("base/autoscaling.yaml");
  await page.locator(".statusbar").getByText("Restricted Mode").waitFor();
  await workbench.runCommand("Headroom: Open Scaling Preview");
  await preview.shows(/1 replica hour,/);
  assert.doesNotMatch(await offered(), /HEAD/);
  await workbench.screenshot("restricted");

  await workbench.runCommand("Workspaces: Manage Workspace Trust");
  await page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust$/ }).click();
  await page.locator(".statusbar").getByText("Restricted Mode").waitFor({ state: "hidden" });
  await workbench.openFile("base/autoscaling.yaml");
  assert.match(await offered(), /HEAD/);
}
