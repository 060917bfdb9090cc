// The page follows the text, and the text follows the page.

import { Preview, roomy } from "../host/preview.mjs";

export const name = "preview-edit";
export const folder = "examples/production";
export const settings = roomy;

const minReplicas = 28;

export async function run({ page, workbench }) {
  const preview = new Preview(workbench);
  const status = page.locator(".statusbar");
  await workbench.openFile("base/autoscaling.yaml");
  await workbench.runCommand("Headroom: Open Scaling Preview");
  await preview.shows(/1 replica hour,/);

  await workbench.goTo(minReplicas, 16);
  await page.keyboard.type("2");
  await page.keyboard.press("Delete");
  await preview.shows(/2 replica hours/);
  await workbench.screenshot("typed");
  await page.keyboard.press("Control+Z");
  await page.keyboard.press("Control+Z");
  await preview.shows(/1 replica hour,/);

  await preview.view("Decisions");
  await preview.inside.getByRole("button", { name: /looks? without consequence/ }).click();
  const origin = preview.inside.locator("button.origin").first();
  const line = /:(\d+)$/.exec(await origin.getAttribute("title"))?.[1];
  await origin.click();
  await page.locator(".view-overlays .selected-text").first().waitFor();
  await workbench.screenshot("selected");
  await workbench.runCommand("View: Focus First Editor Group");
  await status.getByText(new RegExp(`^Ln ${line}, Col \\d+ \\(\\d+ selected\\)$`)).waitFor();

  // Up by a hundredth, in the file of the cluster's settings, where it is `0.80` behind a comment.
  await preview.view("Timelines");
  const threshold = preview.inside.getByRole("slider", { name: /^kvCacheThreshold of wva/ });
  await threshold.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await workbench.runCommand("View: Focus First Editor Group");
  await workbench.openFile("wva/saturation.yaml");
  const written = (number) => page.locator(".view-line").getByText(`kvCacheThreshold: ${number}`, { exact: true });
  await written("0.81").waitFor();
  await preview.inside.locator('[aria-valuenow="0.81"]').waitFor();
  await workbench.screenshot("written");
  await page.keyboard.press("Control+Z");
  await written("0.80").waitFor();
  await preview.inside.locator('[aria-valuenow="0.8"]').first().waitFor();
}
