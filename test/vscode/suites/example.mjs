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
  const copy = join(workspaceFolder, "headroom-example");
  const original = filesIn("examples/broken");
  for (let tries = 0; tries < 60 && filesIn(copy).length < original.length; tries += 1) {
    await putInto(page, workspaceFolder);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  assert.deepEqual(filesIn(copy), original);
  assert.deepEqual(readdirSync(workspaceFolder).sort(), [...before, "headroom-example"].sort());
}

/** VS Code's own file dialog writes its default folder late, and hears no button while it looks a folder up. */
async function putInto(page, folder) {
  const input = page.locator(".quick-input-widget input").first();
  if (!(await input.isVisible())) return;
  if ((await input.inputValue()) === "") return;
  await input.fill(folder, { timeout: 2000 }).catch(() => undefined);
  const button = page.locator(".quick-input-widget .monaco-button", { hasText: "Put the Example Here" });
  await button.click({ timeout: 2000 }).catch(() => undefined);
}

function filesIn(folder) {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
