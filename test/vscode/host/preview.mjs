// The scaling preview as a person meets it: a tab beside the text, and what is drawn in it.

import assert from "node:assert/strict";

/** Room for the text and the page. */
export const roomy = { "editor.minimap.enabled": false, "workbench.colorTheme": "Default Dark Modern" };

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

/** Chooses an entry of the menu that is open. */
export async function chooseInMenu(page, name) {
  await page.locator(`.monaco-menu .action-label[aria-label=${JSON.stringify(name)}]`).click();
}

/** Nothing that the workbench or the page reported while the suite ran. */
export function noComplaints({ complaints }) {
  assert.deepEqual([...complaints.contentSecurity, ...complaints.errors], []);
}
