// Every way that leads to the preview leads to it, and all ways from one stack lead to one page.

import { chooseInMenu, Preview, roomy } from "../host/preview.mjs";

export const name = "preview-open";
export const folder = "examples/production";
export const settings = roomy;

export async function run({ page, workbench }) {
  const preview = new Preview(workbench);

  await workbench.openFile("base/autoscaling.yaml");
  await workbench.runCommand("Headroom: Open Scaling Preview");
  await preview.shows(/met their objectives/);
  await workbench.screenshot("from-the-palette");

  await page.locator(".codelens-decoration a", { hasText: "Preview scaling" }).first().click();
  await preview.shows(/met their objectives/);
  await preview.isAlone();
  await preview.close();

  await page.locator('.editor-actions a[aria-label^="Open Scaling Preview"]').click();
  await preview.shows(/met their objectives/);
  await preview.close();

  await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "lmcache.yaml" }).click({ button: "right" });
  await chooseInMenu(page, "Open Scaling Preview");
  await preview.shows(/met their objectives/);
  await page.locator('.tab[data-resource-name="lmcache.yaml"]').waitFor();
  await preview.isAlone();
  await workbench.screenshot("from-the-explorer");
}
