import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, finds, hovers, open, proposals } from "./support.ts";

const misspelt = "Property selectors is not allowed.";

/** Red Hat's YAML extension answers for the schemas that we hand it; we keep to what it cannot know. */
export async function run(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("headroom");
  const document = await open("service.yaml");

  // A document that was open before we were asked is looked at again with its next change; until then all is told here.
  await change(document);
  // The mistake in the plain document is told by it, that inside the ConfigMap by us.
  await finds(document, misspelt, "schema/wrong-type");
  assert.equal(await proposals(document, "\n  ports", "ports"), 1);
  assert.equal(await proposals(document, "\n    kvCache", "kvCacheThreshold"), 1);
  const [text, ...more] = await hovers(document, "ports:");
  assert.match(text ?? "", /Headroom/);
  assert.deepEqual(more, []);
  assert.match((await hovers(document, "kvCacheThreshold")).join("\n"), /KV/);

  // What mends it is still offered.
  const range = new vscode.Range(
    document.positionAt(document.getText().indexOf("selectors")),
    document.positionAt(document.getText().indexOf("selectors") + 3),
  );
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  assert.ok(
    actions.some(({ title }) => title === "Rename to selector"),
    actions.map(({ title }) => title).join(),
  );

  // `ignore` takes everything back, at once on our side, on its side with the next change of the text.
  await settings.update("yamlExtension", "ignore", vscode.ConfigurationTarget.Global);
  await change(document);
  await finds(document, "schema/unknown-key", "schema/wrong-type");
  assert.equal(await proposals(document, "\n  ports", "ports"), 1);

  await settings.update("yamlExtension", "auto", vscode.ConfigurationTarget.Global);
  await change(document);
  await finds(document, misspelt, "schema/wrong-type");

  // What its own settings switch off is done here, unless it is to be used whatever it says.
  await vscode.workspace.getConfiguration("yaml").update("hover", false, vscode.ConfigurationTarget.Global);
  await eventually("our hover beside its", async () =>
    (await hovers(document, "ports:")).length === 2 ? true : undefined,
  );
  await settings.update("yamlExtension", "use", vscode.ConfigurationTarget.Global);
  await eventually("its hover alone", async () => ((await hovers(document, "ports:")).length === 1 ? true : undefined));

  // A server that starts anew is told of it again.
  await vscode.commands.executeCommand("headroom.restart");
  await change(document);
  await finds(document, misspelt, "schema/wrong-type");
}

async function change(document: vscode.TextDocument): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(document.lineCount, 0), "# \n");
  assert.ok(await vscode.workspace.applyEdit(edit));
}
