// Every view of the page under its policy: also the drawing of the topology, in its own frame.

import { Preview, roomy } from "../host/preview.mjs";

export const name = "preview-views";
export const folder = "examples/production";
export const settings = { ...roomy, "headroom.preview.traffic": "spike" };

export async function run({ page, workbench }) {
  const preview = new Preview(workbench);
  await workbench.openFile("base/autoscaling.yaml");
  await workbench.runCommand("Headroom: Open Scaling Preview");
  await preview.shows();
  for (const view of ["Decisions", "Capacity", "Fidelity", "Timelines"]) {
    await preview.view(view);
    await workbench.screenshot(view.toLowerCase());
  }
  await preview.view("Topology");
  await preview.inside.frameLocator("iframe").locator("svg text", { hasText: "qwen3-32b-decode" }).first().waitFor();
  await workbench.screenshot("topology");

  // The cursor in the text marks what depends on the line.
  await preview.view("Decisions");
  await workbench.runCommand("View: Focus First Editor Group");
  await workbench.goTo(48, 10);
  await preview.inside.locator(".cursor-mark").first().waitFor();
  await workbench.screenshot("cursor");

  // Without a manifest that serves a model there is no forecast, and the page says so.
  await workbench.openFile("metrics-adapter/rules.yaml");
  await workbench.runCommand("Headroom: Open Scaling Preview");
  await page.locator('.tab[aria-label^="Preview rules.yaml"]').waitFor();
  await preview.inside.locator(".mistake").waitFor();
  await workbench.screenshot("nothing");
}
