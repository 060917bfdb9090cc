// What leaves the page: Markdown to the clipboard, files to where somebody says, and nothing when nobody does.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listenForComplaints, noComplaints } from "../host/complaints.mjs";
import { answerFileDialog, suggests } from "../host/file-dialog.mjs";
import { Preview, roomy } from "../host/preview.mjs";

export const name = "preview-export";
export const folder = "examples/production";
export const settings = roomy;

export async function run({ page, workbench, workspaceFolder }) {
  const preview = new Preview(workbench);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await workbench.openFile("base/autoscaling.yaml");

  // There is no page yet: it opens, and speaks when it has something to say.
  await workbench.runCommand("Headroom: Copy Forecast as Markdown");
  await page.locator(".statusbar").getByText("Forecast copied as Markdown").waitFor();
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(markdown, /^### Qwen\/Qwen3-32B: objectives met\n/);
  const sentence = await preview.shows(/1 replica hour,/);

  const base = join(workspaceFolder, "base");
  const before = readdirSync(base);
  await choose(preview, "CSV");
  await suggests(page, "/forecast.csv");
  await page.keyboard.press("Escape");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  assert.deepEqual(readdirSync(base), before);

  const csv = await saved(preview, "CSV", join(base, "run.csv"));
  assert.match(csv, /^seconds,arrivals,/);
  const png = await saved(preview, "PNG", join(base, "run.png"));
  assert.ok(png.length > 1000);

  // A page that stands alone: no server, no network, no complaint.
  await saved(preview, "HTML", join(base, "run.html"));
  const alone = await page.context().newPage();
  const complaints = listenForComplaints(alone);
  await alone.goto(`file://${join(base, "run.html")}`);
  assert.equal(await alone.locator("p.sentence").innerText(), sentence);
  await alone.locator("canvas").first().waitFor();
  noComplaints({ complaints });
  await alone.screenshot({ path: join(workbench.screenshots, "alone.png") });
  await alone.close();
}

async function choose(preview, format) {
  await preview.inside.locator(".menu summary").click();
  await preview.inside.locator(".menu button", { hasText: format }).click();
}

/** Saves by the dialog, and gives what was written. */
async function saved(preview, format, path) {
  await choose(preview, format);
  await answerFileDialog(preview.page, { path, button: "OK", suggestion: `/forecast.${format.toLowerCase()}` });
  for (let waited = 0; !existsSync(path) || readFileSync(path).length === 0; waited += 1) {
    assert.ok(waited < 200, `${path} was not written`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return readFileSync(path, "latin1");
}
