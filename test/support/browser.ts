import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";

/**
 * The browser of the VS Code suites; a reason instead where there is none, unless HEADROOM_REQUIRE_VSCODE=1 asks for it. Loaded
 * by its place in the repository, which it needs to know to find what it keeps.
 */
export async function browserOrReason(): Promise<{ browser: Browser } | { reason: string }> {
  const host = (file: string) => import(pathToFileURL(resolve("test/vscode/host", file)).href);
  const [{ startBrowser }, { Unavailable }] = [await host("browser.mjs"), await host("unavailable.mjs")];
  try {
    return { browser: await startBrowser() };
  } catch (error) {
    if (!(error instanceof Unavailable) || process.env["HEADROOM_REQUIRE_VSCODE"] === "1") throw error;
    return { reason: (error as Error).message };
  }
}
