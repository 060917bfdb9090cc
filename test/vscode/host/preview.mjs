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

/** Chooses an entry of the menu that is open. The click that opened it may still be under way, and a second one would be its. */
export async function chooseInMenu(page, name) {
  await page.locator(`.monaco-menu .action-label[aria-label=${JSON.stringify(name)}]`).hover();
  await page.keyboard.press("Enter");
}

/** What code-server's workbench says of itself when its window is loaded again. */
const usual = /^\[lifecycle\] Long running operations during shutdown/;

/** Nothing that the workbench or the page reported while the suite ran. */
export function noComplaints({ complaints }) {
  const errors = complaints.errors.filter((error) => !usual.test(error));
  assert.deepEqual([...complaints.contentSecurity, ...errors], []);
}
