// Played with: the decision of a moment, a part of the clock, sliders, a traffic file of one's own, and every request by itself.

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { answerFileDialog } from "../host/file-dialog.mjs";
import { drag, Preview, roomy } from "../host/preview.mjs";

export const name = "preview-play";
export const folder = "examples/production";
export const settings = { ...roomy, "headroom.preview.traffic": "spike" };

export function prepare({ workspaceFolder }) {
  cpSync("examples/traffic/benchmark.yaml", join(workspaceFolder, "benchmark.yaml"));
}

export async function run({ page, workbench, workspaceFolder }) {
  const preview = new Preview(workbench);
  const { inside } = preview;
  const facts = inside.locator("p.facts");
  await workbench.openFile("base/autoscaling.yaml");
  await workbench.runCommand("Headroom: Open Scaling Preview");
  const first = await preview.shows();

  // The pointer at 0:26, when the autoscaler was allowed to.
  const plot = inside.locator(".u-over").first();
  const box = await plot.boundingBox();
  await page.mouse.move(box.x + (box.width * 26.1) / 60, box.y + 20);
  await inside.locator(".moment", { hasText: /^0:2[56]:\d\d hpa changed: qwen3-32b-decode: 1 -> 2/ }).waitFor();
  await workbench.screenshot("moment");

  // A brush over the traffic, and back; the same by keys.
  const range = (words) => inside.locator(".range", { hasText: words }).waitFor();
  await drag(page, plot, ({ x, y, width }) => [x + width / 4, y + 20], [box.width / 4, 0]);
  await range(/^0:1[45]:\d\d to 0:(29|30):\d\d$/);
  await workbench.screenshot("brushed");
  await inside.locator(".timelines").focus();
  await page.keyboard.press("0");
  await range("0:00:00 to 1:00:00");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("+");
  await range(/^0:1\d:\d\d to 0:4\d:\d\d$/);

  // A slider by keys: the answer follows, and the files stay as they are.
  await inside.locator(".play > summary").click();
  const price = inside.getByRole("slider", { name: "Price of a GPU" });
  await price.focus();
  await page.keyboard.press("End");
  await inside
    .locator("p.sentence")
    .filter({ hasText: /, \$33\.\d\d, / })
    .waitFor();
  await inside.getByRole("button", { name: "Price of a GPU: as the files say" }).click();
  await inside.locator("p.sentence").getByText(first, { exact: true }).waitFor();
  assert.equal(await page.locator(".tab.dirty").count(), 0);

  // Every request by itself: the fluid stands until that has settled, and the page says so.
  await inside.getByLabel("each request by itself").check();
  await inside.locator(".settling", { hasText: "settling: each request is being served by itself" }).waitFor();
  await facts.getByText("fluid").waitFor();
  await facts.getByText("request by request").waitFor();
  await inside.locator(".settling").waitFor({ state: "detached" });
  await workbench.screenshot("settled");
  await inside.getByLabel("each request by itself").uncheck();
  await facts.getByText("fluid").waitFor();

  // Traffic of one's own.
  await inside.getByRole("combobox", { name: "Traffic" }).selectOption({ label: "From a file…" });
  const path = join(workspaceFolder, "benchmark.yaml");
  await answerFileDialog(page, { path, button: "Use as Traffic", suggestion: "/base/" });
  await inside.locator("option:checked", { hasText: "benchmark.yaml" }).waitFor({ state: "attached" });
  await inside.locator("p.sentence").filter({ hasNotText: first }).waitFor();
  await workbench.screenshot("own-traffic");
}
