// What a change does, against the last commit: nothing before there is one, then what parts.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { noComplaints, Preview, roomy } from "../host/preview.mjs";

export const name = "preview-compare";
export const folder = "examples/production";
export const settings = roomy;

/** The workspace as somebody committed it. */
export function prepare({ workspaceFolder }) {
  const somebody = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.com"];
  const git = (...args) => execFileSync("git", [...somebody, ...args], { cwd: workspaceFolder });
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "A stack");
}

export async function run({ page, workbench, workspaceFolder }) {
  const preview = new Preview(workbench);
  await workbench.openFile("base/autoscaling.yaml");
  await workbench.runCommand("Headroom: Compare Scaling Preview With…");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "HEAD" }).first().click();
  await preview.shows(/1 replica hour,/);
  await preview.inside.getByText("compared with HEAD").first().waitFor();
  await preview.inside
    .getByText(/No difference/i)
    .first()
    .waitFor();
  await workbench.screenshot("no-difference");

  await workbench.goTo(28, 16);
  await page.keyboard.type("2");
  await page.keyboard.press("Delete");
  await preview.shows(/2 replica hours/);
  await preview.inside
    .getByText(/No difference/i)
    .first()
    .waitFor({ state: "hidden" });
  await workbench.screenshot("difference");
  // Nothing was written, not even the change that was typed.
  assert.match(readFileSync(`${workspaceFolder}/base/autoscaling.yaml`, "utf8"), /minReplicas: 1\n/);
  noComplaints(workbench);
}
