// VS Code's own file dialog, which it shows in a browser.

const widget = ".quick-input-widget";

/**
 * Gives it a path and presses its button. It comes to a suggestion of its own first, which ends as `suggestion` does, and hears
 * no button while it looks a path up.
 */
export async function answerFileDialog(page, { path, button, suggestion }) {
  await suggests(page, suggestion);
  const dialog = page.locator(widget);
  const input = dialog.locator("input").first();
  for (let tries = 1; ; tries += 1) {
    try {
      if ((await input.inputValue({ timeout: 2000 })) !== path) await input.fill(path, { timeout: 2000 });
      await dialog.locator(".monaco-button", { hasText: button }).click({ timeout: 2000 });
      await dialog.waitFor({ state: "hidden", timeout: 3000 });
      return;
    } catch (error) {
      if (!(await dialog.isVisible())) return;
      if (tries === 6) throw error;
    }
  }
}

/** Waits until it shows its own suggestion, which ends so: earlier it takes neither text nor keys. */
export async function suggests(page, suggestion) {
  await page.locator(`${widget} input`).first().waitFor();
  const isThere = ([of, end]) => document.querySelector(`${of} input`)?.value.endsWith(end);
  await page.waitForFunction(isThere, [widget, suggestion]);
}
