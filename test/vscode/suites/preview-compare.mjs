// What a change does: against the last commit, the saved files and another folder. No difference is said as plainly.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { answerFileDialog } from "../host/file-dialog.mjs";
import { Preview, roomy } from "../host/preview.mjs";

export const name = "preview-compare";
export const folder = "examples/production";
export const settings = roomy;

/** The workspace as somebody committed it, with another version of its stack beside it. */
export function prepare({ workspaceFolder }) {
  const other = join(workspaceFolder, "wider");
  cpSync(join(workspaceFolder, "base"), other, { recursive: true });
  const autoscaling = join(other, "autoscaling.yaml");
  writeFileSync(autoscaling, readFileSync(autoscaling, "utf8").replace("minReplicas: 1", "minReplicas: 3"));
  const somebody = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"];
  const git = (...args) => execFileSync("git", [...somebody, ...args], { cwd: workspaceFolder });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "A stack");
}

export async function run({ page, workbench, workspaceFolder }) {
  const preview = new Preview(workbench);
  const told = (words) => preview.inside.locator(".comparison").filter({ hasText: words, visible: true }).waitFor();
  const against = async (label) => {
    await workbench.runCommand("Headroom: Compare Scaling Preview With…");
    await workbench.choose(label);
  };

  await workbench.openFile("base/autoscaling.yaml");
  await against("HEAD");
  await preview.shows(/1 replica hour,/);
  await preview.inside.getByText("compared with HEAD").first().waitFor();
  await told("No difference: HEAD does exactly the same.");
  await workbench.screenshot("no-difference");

  await workbench.goTo(28, 16);
  await page.keyboard.type("2");
  await page.keyboard.press("Delete");
  await preview.shows(/2 replica hours/);
  await told("Dashed lines are HEAD");
  await workbench.screenshot("difference");

  // The text is not saved: against what is, it makes the same difference, until it is taken back.
  await against("Saved");
  await preview.inside.getByText("compared with saved").first().waitFor();
  await told("Dashed lines are saved");
  assert.match(readFileSync(`${workspaceFolder}/base/autoscaling.yaml`, "utf8"), /minReplicas: 1\n/);
  await workbench.goTo(28, 17);
  await page.keyboard.press("Control+Z");
  await page.keyboard.press("Control+Z");
  await told("No difference: saved does exactly the same.");

  await against("Another folder");
  const path = join(workspaceFolder, "wider");
  await answerFileDialog(page, { path, button: "Compare", suggestion: "/base/" });
  await preview.inside.getByText("compared with wider").first().waitFor();
  await told("Dashed lines are wider");
  await workbench.screenshot("folder");

  await preview.inside.getByRole("button", { name: "Stop comparing with wider" }).click();
  await preview.inside.locator(".comparison").waitFor({ state: "hidden" });
  await preview.inside.getByRole("button", { name: "Compare…" }).waitFor();
}
