// The host itself: when this one fails, look at the host before you look at the extension.

import assert from "node:assert/strict";

export const name = "workbench";
export const folder = "test/vscode/workspace";
export const extension = false;

export async function run({ page, workbench }) {
  const explorer = page.locator(".explorer-folders-view .monaco-list-row");
  await explorer.getByText("deployment.yaml").waitFor();

  await workbench.openFile("deployment.yaml");
  await workbench.goTo(2, 7);
  assert.match(await page.locator(".monaco-editor .view-lines").textContent(), /Deployment/);

  await workbench.screenshot("workbench");
}
