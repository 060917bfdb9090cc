import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import type axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import type { Forecast } from "../../server/editor/preview/messages.ts";
import { browserOrReason } from "../support/browser.ts";
import { exampleForecast } from "../support/picture.ts";
import { type Built, builtPage, Stage } from "./support/stage.ts";
import { type Theme, themes } from "./support/themes.ts";

const found = await browserOrReason();
const skip = "reason" in found && found.reason;
const auditor = readFileSync(createRequire(`${process.cwd()}/`).resolve("axe-core/axe.min.js"), "utf8");

describe("the preview's page, as people with other senses and hands meet it", { skip }, () => {
  let browser: Browser;
  let built: Built;
  let forecast: Forecast;

  before(async () => {
    if ("browser" in found) browser = found.browser;
    [built, forecast] = [await builtPage(), await exampleForecast()];
  });
  after(() => browser.close());

  /** What axe-core takes for a serious or critical barrier, by where it stands. */
  const barriers = async (page: Page) => {
    const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("\n")}`,
      );
  };

  const names = Object.keys(themes) as Theme[];
  for (const theme of names) {
    it(`puts no serious barrier up, on any tab: ${theme}`, async () => {
      const stage = await Stage.open(browser, built, { theme, forecast });
      await stage.page.evaluate(auditor);
      for (const tab of ["Timelines", "Decisions", "Capacity", "Topology", "Fidelity"]) {
        await stage.page.getByRole("tab", { name: tab }).click();
        assert.deepEqual(await barriers(stage.page), [], `${theme}, ${tab}`);
      }
      await stage.close();
    });

    it(`puts no serious barrier up, in any state: ${theme}`, async () => {
      const stage = await Stage.open(browser, built, { theme });
      await stage.page.evaluate(auditor);
      assert.deepEqual(await barriers(stage.page), [], `${theme}, loading`);
      await stage.answer({
        targets: ["a", "b"],
        mistake: "2 models are served here. Say which with --target NAME: a, b.",
      });
      assert.deepEqual(await barriers(stage.page), [], `${theme}, refused`);
      const figures = [{ name: "dollars", before: 1, after: 2 }];
      const difference = { since: 60, figures, changesBefore: [], changesAfter: [] };
      const { picture } = forecast;
      assert.ok(picture);
      await stage.answer({ ...forecast, against: { name: "HEAD", picture, difference } });
      await stage.hear({ type: "failed", sentence: "It could not be written." });
      await stage.hear({ type: "settling", isSettling: true });
      // A table of a few moments has all that one of hundreds has.
      for (let times = 0; times < 5; times++) await stage.page.getByRole("button", { name: /^Zoom in/ }).click();
      await stage.page.getByRole("button", { name: "Table of Traffic" }).click();
      assert.deepEqual(await barriers(stage.page), [], `${theme}, comparing`);
      await stage.close();
    });
  }
});
