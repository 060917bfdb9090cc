import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, finds, hovers, open, proposals } from "./support.ts";

/** Alone we do all the work; an extension that is installed while VS Code runs takes its part without a reload. */
export async function run(): Promise<void> {
  assert.equal(vscode.extensions.getExtension("redhat.vscode-yaml"), undefined);
  const document = await open("service.yaml");
  await finds(document, "schema/unknown-key", "schema/wrong-type");
  assert.equal(await proposals(document, "\n  ports", "ports"), 1);
  assert.equal((await hovers(document, "ports:")).length, 1);
  assert.doesNotMatch((await hovers(document, "ports:")).join(), /Headroom/);

  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const packed = vscode.Uri.joinPath(folder.uri, "..", "yaml-extension.vsix");
  await vscode.commands.executeCommand("workbench.extensions.installExtension", packed);
  await eventually("the YAML extension", () => vscode.extensions.getExtension("redhat.vscode-yaml"));

  await finds(document, "Property selectors is not allowed.", "schema/wrong-type");
  assert.equal(await proposals(document, "\n  ports", "ports"), 1);
  assert.match((await hovers(document, "ports:")).join(), /Headroom/);
}
