// The page follows the text, and the text follows the page.

import assert from "node:assert/strict";
import { noComplaints, Preview, roomy } from "../host/preview.mjs";

export const name = "preview-edit";
export const folder = "examples/production";
export const settings = roomy;

const minReplicas = 28;

export async function run({ page, workbench }) {
  const preview = new Preview(workbench);
  const status = page.locator(".statusbar");
  await workbench.openFile("base/autoscaling.yaml");
  await workbench.runCommand("Headroom: Open Scaling Preview");
  await preview.shows(/1 replica hours/);

  await workbench.goTo(minReplicas, 16);
  await page.keyboard.type("2");
  await page.keyboard.press("Delete");
  await preview.shows(/2 replica hours/);
  await workbench.screenshot("typed");
  await page.keyboard.press("Control+Z");
  await page.keyboard.press("Control+Z");
  await preview.shows(/1 replica hours/);

  await preview.view("Decisions");
  const origin = preview.inside.locator("button.origin").first();
  const line = /:(\d+)$/.exec(await origin.getAttribute("title"))?.[1];
  await origin.click();
  await page.locator(".view-overlays .selected-text").first().waitFor();
  await workbench.screenshot("selected");
  await workbench.runCommand("View: Focus First Editor Group");
  await status.getByText(new RegExp(`^Ln ${line}, Col \\d+ \\(\\d+ selected\\)$`)).waitFor();

  await preview.view("Timelines");
  const threshold = preview.inside.locator(".threshold.draggable").first();
  const before = await threshold.getAttribute("aria-valuenow");
  await threshold.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  const after = await changedFrom(threshold, before);
  await workbench.screenshot("written");
  assert.notEqual(after, before);
  noComplaints(workbench);
}

async function changedFrom(threshold, before) {
  await threshold.and(threshold.page().locator(`:not([aria-valuenow="${before}"])`)).waitFor();
  return threshold.getAttribute("aria-valuenow");
}
