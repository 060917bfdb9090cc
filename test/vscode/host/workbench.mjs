// VS Code's workbench in a page, and the steps a person takes in it. Everything goes through the keyboard and the screen.

import { basename, join } from "node:path";
import { listenForComplaints } from "./complaints.mjs";

/**
 * Opens the workbench on a folder. `payload` says what the workbench is started with, as pairs of a name and an absolute path
 * (`extensionDevelopmentPath`, `extensionTestsPath`); `expose` are functions that the page may call.
 */
export async function openWorkbench({ browser, address, folder, payload = {}, expose = {}, screenshots }) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: "reduce" });
  // Everything waits for a state, and a busy machine may take its time to come to it.
  context.setDefaultTimeout(45_000);
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
    await this.#hasFocus();
  }

  /** Chooses an entry of the list that a command has opened, by its keyboard: rows still move while it opens. */
  async choose(label) {
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: label }).first().waitFor();
    await this.page.locator(".quick-input-widget input").first().fill(label);
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: label }).first().waitFor();
    await this.page.keyboard.press("Enter");
  }

  /** Puts the cursor at a line and a column (from 1) of the active editor. */
  async goTo(line, column = 1) {
    await this.#pick("Control+G", `:${line}:${column}`, `Go to line ${line}`);
    await this.page.locator(".statusbar").getByText(`Ln ${line}, Col ${column}`).waitFor();
    await this.#hasFocus();
  }

  /** What is typed from now on goes into the text. */
  async #hasFocus() {
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
    await this.page.locator(".editor-group-container.active .monaco-editor.focused").waitFor();
  }

  /** Writes the active editor to the disk. */
  async save() {
    await this.page.keyboard.press("Control+S");
    await this.page.locator(".editor-group-container.active .tab.active.dirty").waitFor({ state: "detached" });
  }

  /** The lines of the Problems panel that hold `text`, and their files: a long list shows only what fits, so it is filtered. */
  async problems(text) {
    await this.runCommand("Problems: Focus on Problems View");
    const filter = this.page.locator(".markers-panel-action-filter-container input, .viewpane-filter input").first();
    const lines = this.page.locator(".markers-panel .monaco-list-row");
    await filter.fill(text);
    await lines.filter({ hasText: text }).first().waitFor();
    const found = (await lines.allInnerTexts()).map((line) => line.replaceAll(/\s+/g, " ").trim());
    await filter.fill("");
    return found;
  }

  /** What an output channel says. */
  async output(channel) {
    await this.runCommand("Output: Show Output Channels...");
    await this.#choose(channel, channel);
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

  /**
   * Opens a list by its key and chooses an entry. While VS Code is starting it may close the list again, and an extension's
   * commands come late: then the key is pressed once more, as a person would.
   */
  async #pick(key, query, label) {
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(key);
      try {
        return await this.#choose(query, label, 3000);
      } catch (error) {
        if (attempt === 12) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  /** Types into the list that is open and takes the first entry when its name begins so. Rows still move while it is filled. */
  async #choose(query, label, timeout = 20_000) {
    try {
      await this.page.locator(".quick-input-widget input").first().fill(query, { timeout });
      const entry = `.quick-input-list .monaco-list-row.focused[aria-label^=${JSON.stringify(label)}]`;
      await this.page.locator(entry).first().waitFor({ timeout });
      await this.page.keyboard.press("Enter");
    } catch (cause) {
      throw new Error(`VS Code offers nothing named ${JSON.stringify(label)}`, { cause });
    }
  }
}
