// The walkthrough begins with a copy of the example, which goes where somebody says and nowhere else.

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { roomy } from "../host/preview.mjs";

export const name = "example";
export const folder = "test/vscode/workspace";
export const settings = roomy;

export async function run({ page, workbench, workspaceFolder }) {
  await workbench.runCommand("Welcome: Open Walkthrough...");
  await page.locator(".quick-input-widget input").fill("Get Started with Headroom");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Get Started with Headroom" }).first().click();
  const step = page.locator(".getting-started-step.expanded");
  await step.getByText("Open the example", { exact: true }).waitFor();
  await workbench.screenshot("walkthrough");

  await step.getByRole("button", { name: "Open the Example…" }).click();
  const dialog = page.locator(".monaco-dialog-box");
  await dialog.getByText("Nothing is applied anywhere").waitFor();
  await workbench.screenshot("what-it-does");
  await dialog.getByRole("button", { name: "Choose a Folder…" }).click();
  const before = readdirSync(workspaceFolder);
  await page.locator(".quick-input-widget input").fill(workspaceFolder);
  await page.locator(".quick-input-widget .monaco-button", { hasText: "Put the Example Here" }).click();
  const copy = join(workspaceFolder, "headroom-example");
  const original = filesIn("examples/broken");
  for (let waited = 0; waited < 200 && filesIn(copy).length < original.length; waited += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(filesIn(copy), original);
  assert.deepEqual(readdirSync(workspaceFolder).sort(), [...before, "headroom-example"].sort());
}

function filesIn(folder) {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
