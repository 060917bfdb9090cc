import assert from "node:assert/strict";
import * as vscode from "vscode";

/** Findings appear for open files and closed ones; a fix on either side of a reference takes its finding away. */
export async function run(): Promise<void> {
  const [router] = await vscode.workspace.findFiles("router.yaml");
  assert.ok(router, "the workspace has no router.yaml");
  const document = await vscode.workspace.openTextDocument(router);
  await vscode.window.showTextDocument(document);

  const finding = await eventually("the finding on the router's threshold", () => named(router, "wva/epp-thresholds"));
  assert.equal(document.getText(finding.range), "0.9");
  assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
  assert.equal(finding.source, "headroom");
  const related = finding.relatedInformation?.[0]?.location.uri.path ?? "";
  assert.match(related, /saturation\.yaml$/);

  const [closed] = await vscode.workspace.findFiles("sidecar.yaml");
  assert.ok(closed);
  await eventually("the finding in a file that is not open", () => named(closed, "lmcache/memory-limit"));

  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    router,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
  );
  const other = actions.find(({ title }) => title.startsWith("Set WVA's kvCacheThreshold"));
  assert.ok(other?.edit, `no fix for the other file among: ${actions.map(({ title }) => title).join(", ")}`);
  assert.ok(await vscode.workspace.applyEdit(other.edit));
  await eventually("the finding to go", () => (named(router, "wva/epp-thresholds") === undefined ? true : undefined));
}

function named(uri: vscode.Uri, rule: string): vscode.Diagnostic | undefined {
  return vscode.languages
    .getDiagnostics(uri)
    .find(({ code }) => (typeof code === "object" ? code.value : code) === rule);
}

async function eventually<T>(what: string, look: () => T | undefined, withinSeconds = 20): Promise<T> {
  const deadline = Date.now() + withinSeconds * 1000;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    assert.ok(Date.now() < deadline, `waited ${withinSeconds} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
