// The scaling preview as a person meets it: a tab beside the text, and what is drawn in it.

import assert from "node:assert/strict";

/** Room for the text and the page, and nothing saved but by whoever saves it. */
export const roomy = {
  "editor.minimap.enabled": false,
  "workbench.colorTheme": "Default Dark Modern",
  "files.autoSave": "off",
};

export class Preview {
  constructor(workbench) {
    this.workbench = workbench;
    this.page = workbench.page;
    this.inside = workbench.webview();
    this.tabs = this.page.locator('.tab[aria-label^="Preview "]');
  }

  /** Waits until a run is drawn whose sentence has these words. */
  async shows(words = /./) {
    const sentence = this.inside.locator("p.sentence").filter({ hasText: words, visible: true });
    await sentence.waitFor();
    return sentence.innerText();
  }

  /** Opens one of its views. */
  async view(name) {
    await this.inside.getByRole("tab", { name }).click();
  }

  async close() {
    await this.tabs.first().hover();
    await this.tabs.first().locator(".codicon-close").click();
    await this.tabs.first().waitFor({ state: "detached" });
  }

  /** The only page there is. */
  async isAlone() {
    assert.equal(await this.tabs.count(), 1);
  }
}

/** Takes hold of something at a point of its box, and lets go of it further on. */
export async function drag(page, of, at, [byX, byY]) {
  await of.scrollIntoViewIfNeeded();
  const [x, y] = at(await of.boundingBox());
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + byX / 2, y + byY / 2, { steps: 4 });
  await page.mouse.move(x + byX, y + byY, { steps: 4 });
  await page.mouse.up();
}

/** Chooses an entry of the menu that is open. The click that opened it may still be under way, and a second one would be its. */
export async function chooseInMenu(page, name) {
  await page.locator(`.monaco-menu .action-label[aria-label=${JSON.stringify(name)}]`).hover();
  await page.keyboard.press("Enter");
}
