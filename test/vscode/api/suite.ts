import assert from "node:assert/strict";
import * as vscode from "vscode";

/** The extension is there, and opening a YAML file is enough to wake it. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension("headroom.headroom-llm");
  assert.ok(extension, "the extension headroom.headroom-llm is not installed");

  const [file] = await vscode.workspace.findFiles("**/*.yaml");
  assert.ok(file, "the workspace has no YAML file");
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);

  await activated(extension);
}

async function activated(extension: vscode.Extension<unknown>, withinSeconds = 20): Promise<void> {
  const deadline = Date.now() + withinSeconds * 1000;
  while (!extension.isActive) {
    assert.ok(Date.now() < deadline, `the extension did not activate within ${withinSeconds} s of opening a YAML file`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
