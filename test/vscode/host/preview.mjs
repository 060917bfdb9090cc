// The scaling preview as a person meets it: a tab beside the text, and what is drawn in it.

import assert from "node:assert/strict";

/** Room for the text and the page, and one theme. */
export const calm = {
  "editor.minimap.enabled": false,
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
};

export class Preview {
  constructor(workbench) {
    this.workbench = workbench;
    this.page = workbench.page;
    this.inside = workbench.webview();
    this.tab = this.page.locator('.tab[aria-label^="Preview "]');
  }

  /** Waits until a run is drawn, and gives its sentence. */
  async drawn() {
    await this.inside.locator(".content").waitFor();
    return this.sentence();
  }

  sentence() {
    return this.inside.locator("p.sentence").innerText();
  }
}

/** Nothing that the workbench or the page reported while the suite ran. */
export function noComplaints({ complaints }) {
  assert.deepEqual([...complaints.contentSecurity, ...complaints.errors], []);
}
