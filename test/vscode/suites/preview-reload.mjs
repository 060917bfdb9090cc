// A window that is loaded again shows what it showed.

import assert from "node:assert/strict";
import { Preview, roomy } from "../host/preview.mjs";

export const name = "preview-reload";
export const folder = "examples/production";
export const settings = { ...roomy, "headroom.preview.traffic": "spike", "headroom.preview.duration": 7200 };

export async function run({ page, workbench }) {
  const preview = new Preview(workbench);
  const facts = preview.inside.locator("p.facts").filter({ hasText: /2 h · fluid/ });
  await workbench.openFile("base/autoscaling.yaml");
  await workbench.runCommand("Headroom: Open Scaling Preview");
  await facts.waitFor();
  const sentence = await preview.shows();
  await preview.view("Decisions");
  await preview.inside.locator('[role="tab"][aria-selected="true"]', { hasText: "Decisions" }).waitFor();

  const loaded = page.waitForEvent("load");
  await workbench.runCommand("Developer: Reload Window");
  await loaded;
  await facts.waitFor();
  await preview.inside.locator('[role="tab"][aria-selected="true"]', { hasText: "Decisions" }).waitFor();
  assert.equal(await preview.shows(), sentence);
  assert.equal(await preview.inside.locator('select:has(option[value="spike"])').first().inputValue(), "spike");
  await preview.isAlone();
  await workbench.screenshot("again");
}
