// What a browser says against a page while a suite runs.

// The workbench asks for these and does without them; there is nothing of ours in it.
const usual = [/\/vsda\//, /open-vsx\.org/, /extensionquery/];

/** Collects, from now on, the errors and the violations of a Content Security Policy in a page and in every frame of it. */
export function listenForComplaints(page) {
  const complaints = { errors: [], contentSecurity: [] };
  page.on("pageerror", (error) => complaints.errors.push(error.message));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() !== "error" || usual.some((known) => known.test(text + message.location().url))) return;
    (/Content Security Policy/i.test(text) ? complaints.contentSecurity : complaints.errors).push(text);
  });
  return complaints;
}
