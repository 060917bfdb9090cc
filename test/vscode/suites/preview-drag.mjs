// What is dragged in the page is written into the YAML: as an edit, with every comment kept, and undone like any other.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drag, Preview, roomy } from "../host/preview.mjs";

export const name = "preview-drag";
export const folder = "examples/production";
export const settings = { ...roomy, "headroom.preview.traffic": "spike" };

export async function run({ page, workbench, workspaceFolder }) {
  const preview = new Preview(workbench);
  const text = (path) => readFileSync(join(workspaceFolder, path), "utf8");
  const [autoscaling, saturation] = ["base/autoscaling.yaml", "wva/saturation.yaml"];
  const before = { [autoscaling]: text(autoscaling), [saturation]: text(saturation) };
  await workbench.openFile(autoscaling);
  await workbench.runCommand("Headroom: Open Scaling Preview");
  await preview.shows();

  // A threshold's line, up by some hundredths.
  const line = preview.inside.getByRole("slider", { name: /^kvCacheThreshold of wva/ });
  // Another one lies on it: its name is what can be taken hold of.
  const label = line.locator(".threshold-label");
  await drag(page, label, (box) => [box.x + box.width / 3, box.y + box.height / 2], [0, -14]);
  const share = Number(await line.getAttribute("aria-valuenow"));
  assert.ok(share > 0.8 && share < 1, `dragged to ${share}`);
  await workbench.screenshot("threshold");
  await workbench.runCommand("View: Focus First Editor Group");
  await workbench.openFile(saturation);
  await page.locator(".view-line").getByText(`kvCacheThreshold: ${share}`, { exact: true }).waitFor();
  await workbench.save();
  const as = (number) => before[saturation].replace("kvCacheThreshold: 0.80", `kvCacheThreshold: ${number}`);
  assert.equal(text(saturation), as(share));
  await page.keyboard.press("Control+Z");
  await page.locator(".view-line").getByText("kvCacheThreshold: 0.80", { exact: true }).waitFor();
  await workbench.save();
  assert.equal(text(saturation), before[saturation]);
  await preview.inside.locator('[aria-valuenow="0.8"]').first().waitFor();

  // The end of a window's bracket, to the left.
  const end = preview.inside.getByRole("slider", { name: /^scaleUp.stabilizationWindowSeconds/ });
  await drag(page, end, (box) => [box.x + box.width / 2, box.y + box.height / 2], [-25, 0]);
  const seconds = Number(await end.getAttribute("aria-valuenow"));
  assert.ok(seconds < 600, `dragged to ${seconds}`);
  await workbench.screenshot("window");
  await workbench.openFile(autoscaling);
  await workbench.goTo(48, 10);
  await page.locator(".view-line").getByText(`stabilizationWindowSeconds: ${seconds}`).first().waitFor();
  await workbench.save();
  assert.equal(
    text(autoscaling),
    before[autoscaling].replace("stabilizationWindowSeconds: 600", `stabilizationWindowSeconds: ${seconds}`),
  );
  await page.keyboard.press("Control+Z");
  await page.locator(".view-line").getByText("stabilizationWindowSeconds: 600").first().waitFor();
  await workbench.save();
  assert.equal(text(autoscaling), before[autoscaling]);
}
