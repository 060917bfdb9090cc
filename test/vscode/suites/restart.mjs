// The command that restarts the language server: another one comes, says what the first one said, and follows the typing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { nextServerOf, serverOf } from "../host/language-server.mjs";

export const name = "restart";
export const folder = "examples/broken";
export const settings = { "editor.minimap.enabled": false };

const lines = readFileSync(`${folder}/sidecar.yaml`, "utf8").split("\n");
const line = lines.findIndex((one) => one.includes("# mistake: lmcache/memory-limit")) + 1;

export async function run({ page, workbench, workspaceFolder }) {
  const errors = (count) => page.locator(`[id="status.problems"][aria-label*="Errors: ${count}"]`);
  await workbench.openFile("sidecar.yaml");
  await errors(7).waitFor();
  const before = process.platform === "linux" ? serverOf(workspaceFolder) : undefined;

  const gone = errors(7).waitFor({ state: "detached" });
  await workbench.runCommand("Headroom: Restart Language Server");
  // What the old one said goes with it.
  await gone;
  await errors(7).waitFor();
  if (before !== undefined) await nextServerOf(workspaceFolder, before);
  assert.equal(await page.locator(".notification-toast", { hasText: "ended by itself" }).count(), 0);

  await workbench.goTo(line + 1, (lines[line]?.length ?? 0) + 1);
  await page.locator(".view-overlays .squiggly-error").first().waitFor();
  for (const _ of "Gi") await page.keyboard.press("Backspace");
  await page.keyboard.type("Ti");
  await errors(6).waitFor();
}
