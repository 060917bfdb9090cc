// Every way that leads to the preview leads to it, and a second way to the same page.

import assert from "node:assert/strict";
import { calm, noComplaints, Preview } from "../host/preview.mjs";

export const name = "preview-open";
export const folder = "examples/production";
export const settings = calm;

export async function run({ page, workbench }) {
  const preview = new Preview(workbench);
  const sidebar = page.locator(".explorer-folders-view .monaco-list-row");

  await workbench.openFile("base/autoscaling.yaml");
  await workbench.runCommand("Headroom: Open Scaling Preview");
  await preview.drawn();
  await workbench.screenshot("from-the-palette");
  noComplaints(workbench);
}
