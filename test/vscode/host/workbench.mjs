// VS Code's workbench in a page, and the steps a person takes in it. Everything goes through the keyboard and the screen.

import { basename, join } from "node:path";
import { listenForComplaints } from "./complaints.mjs";

/**
 * Opens the workbench on a folder. `payload` says what the workbench is started with, as pairs of a name and an absolute path
 * (`extensionDevelopmentPath`, `extensionTestsPath`); `expose` are functions that the page may call.
 */
export async function openWorkbench({ browser, address, folder, payload = {}, expose = {}, screenshots }) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: "reduce" });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints = listenForComplaints(page);
  for (const [name, called] of Object.entries(expose)) await page.exposeFunction(name, called);
  const remote = (path) => `vscode-remote://${new URL(address).host}${path}`;
  const pairs = Object.entries(payload).map(([name, path]) => [name, remote(path)]);
  const query = new URLSearchParams({ folder, payload: JSON.stringify(pairs) });
  await page.goto(`${address}/?${query}`);
  await page.locator(".monaco-workbench .statusbar").waitFor();
  return new Workbench(page, complaints, screenshots);
}

export class Workbench {
  constructor(page, complaints, screenshots) {
    this.page = page;
    this.complaints = complaints;
    this.screenshots = screenshots;
  }

  /** Runs a command by its full title in the palette, such as "View: Toggle Output". */
  async runCommand(title) {
    await this.#pick("F1", `>${title}`, title);
  }

  /** Opens a file of the workspace by its relative path and waits until its editor shows. */
  async openFile(path) {
    const name = basename(path);
    await this.#pick("Control+P", path, name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator(".editor-group-container.active .monaco-editor .view-line").first().waitFor();
  }

  /** Puts the cursor at a line and a column (from 1) of the active editor. */
  async goTo(line, column = 1) {
    await this.page.keyboard.press("Control+G");
    await this.page.locator(".quick-input-widget input").fill(`:${line}:${column}`);
    await this.page.keyboard.press("Enter");
    await this.page.locator(".monaco-editor.focused").waitFor();
  }

  /** The lines of the Problems panel, files and what is wrong in them, once there are any. */
  async problems() {
    await this.runCommand("Problems: Focus on Problems View");
    const lines = this.page.locator(".markers-panel .monaco-list-row");
    await lines.first().waitFor();
    return (await lines.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " ").trim());
  }

  /** What an output channel says. */
  async output(channel) {
    await this.#pick("F1", ">Output: Show Output Channels...", "Output: Show Output Channels...");
    await this.page.locator(".quick-input-widget input").fill(channel);
    await this.#choose(channel);
    const lines = this.page.locator(".output-view .view-line");
    await lines.first().waitFor();
    return (await lines.allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
  }

  /** The inside of the webview that shows, as a frame to look for elements in. */
  webview() {
    return this.page.frameLocator("iframe.webview.ready").last().frameLocator("iframe#active-frame");
  }

  /** Keeps a picture of the whole window. */
  async screenshot(name) {
    const path = join(this.screenshots, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async close() {
    await this.page.context().close();
  }

  async #pick(key, query, label) {
    await this.page.keyboard.press(key);
    await this.page.locator(".quick-input-widget input").fill(query);
    await this.#choose(label);
  }

  /** An entry may be late: an extension's commands come only when its host has read it. */
  async #choose(label) {
    const entry = this.page.locator(`.quick-input-list .monaco-list-row[aria-label^=${JSON.stringify(label)}]`).first();
    await entry.waitFor().catch(() => {
      throw new Error(`VS Code offers nothing named ${JSON.stringify(label)}`);
    });
    await entry.click();
  }
}
