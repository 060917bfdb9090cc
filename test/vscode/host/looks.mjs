// How the preview looks: each of its views and states in a theme and at two sizes, as pictures that the run keeps for people to
// look at. What a machine can see is held here: nothing leaves the page at its side, and axe-core finds no serious barrier.

import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Preview, roomy } from "./preview.mjs";

const auditor = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const sizes = { small: { width: 1400, height: 900 }, large: { width: 2200, height: 1200 } };

/** A suite that looks at the page in a theme, by the name that settings have for it. */
export function looks(name, theme) {
  const settings = { ...roomy, "workbench.colorTheme": theme, "headroom.preview.traffic": "spike" };
  return { name, folder: "examples/production", settings, minutes: 8, prepare: addStates, run };
}

/** Stacks that no forecast can be made of. */
function addStates({ workspaceFolder }) {
  cpSync("test/vscode/states", join(workspaceFolder, "states"), { recursive: true });
}

async function run({ page, workbench }) {
  const preview = new Preview(workbench);
  const { inside } = preview;
  const look = async (name, under) => {
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      await settled(inside);
      await inside
        .locator(under ?? "h1")
        .first()
        .scrollIntoViewIfNeeded();
      await workbench.screenshot(`${name}-${size}`);
      const beyond = await inside.locator("main").evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(beyond <= 0, `${name}, ${size}: ${beyond} pixels beyond the page`);
    }
    assert.deepEqual(await barriers(inside), [], name);
  };

  await workbench.openFile("base/autoscaling.yaml");
  await workbench.runCommand("Headroom: Open Scaling Preview");
  await preview.shows();
  await look("timelines");
  await look("timelines-below", ".charts > :last-child");
  for (const view of ["Decisions", "Capacity", "Fidelity"]) {
    await preview.view(view);
    await look(view.toLowerCase());
  }
  await preview.view("Topology");
  await inside.frameLocator("iframe").locator("svg text", { hasText: "qwen3-32b-decode" }).first().waitFor();
  await look("topology");

  await preview.view("Timelines");
  await page.setViewportSize(sizes.small);
  await workbench.runCommand("View: Focus First Editor Group");
  await workbench.goTo(48, 38);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await workbench.runCommand("Headroom: Compare Scaling Preview With…");
  await workbench.choose("Saved");
  await inside.locator(".comparison").filter({ hasText: "Dashed lines are saved", visible: true }).waitFor();
  await look("compare");

  for (const [file, title] of [
    ["metrics-adapter/rules.yaml", "No model server here"],
    ["states/unknown-model/chat.yaml", "The model is not known"],
    ["states/template/hpa.yaml", "A template is not filled in yet"],
    ["states/refused/chat.yaml", "It does not start here"],
  ]) {
    await page.setViewportSize(sizes.small);
    await workbench.openFile(file);
    await workbench.runCommand("Headroom: Open Scaling Preview");
    await inside.locator(".state h2").getByText(title, { exact: true }).waitFor();
    await look(title.toLowerCase().replaceAll(" ", "-"));
  }
}

/** Until the page has drawn itself at its new size: a picture of a page under way tells nothing. */
async function settled(inside) {
  await inside.locator("main").evaluate(async () => {
    for (let width = -1; width !== innerWidth; ) {
      width = innerWidth;
      await new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 200));
    }
  });
}

async function barriers(inside) {
  const frame = await (await inside.locator("main").elementHandle()).ownerFrame();
  await frame.evaluate(auditor);
  const { violations } = await frame.evaluate(() => globalThis.axe.run(document, { iframes: false }));
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`,
    );
}
