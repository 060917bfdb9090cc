// What a browser says against a page while a suite runs.

import assert from "node:assert/strict";

// A module of the desktop's that the workbench asks for and does without.
const usual = /\/vsda\//;

/** Collects, from now on, the errors and the violations of a Content Security Policy in a page and in every frame of it. */
export function listenForComplaints(page) {
  const complaints = { errors: [], contentSecurity: [] };
  page.on("pageerror", (error) => complaints.errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() !== "error" || usual.test(message.location().url)) return;
    // VS Code colours the lines of its log, and tells some errors twice.
    const text = message.text().replace(/^%c\s*\w+ color: #\w+ /, "");
    const list = /Content Security Policy/i.test(text) ? complaints.contentSecurity : complaints.errors;
    if (!list.includes(text)) list.push(text);
  });
  return complaints;
}

/** What code-server's workbench says of itself when its window is loaded again. */
const onReload = /^\[lifecycle\] Long running operations during shutdown/;

/** Neither the workbench nor a page in it has reported anything, nor asked for what its policy refuses. */
export function noComplaints({ complaints }) {
  const errors = complaints.errors.filter((error) => !onReload.test(error));
  assert.deepEqual([...complaints.contentSecurity, ...errors], []);
}
