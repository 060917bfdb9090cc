import assert from "node:assert/strict";
import * as vscode from "vscode";

/** Looks until something is there. */
export async function eventually<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    assert.ok(Date.now() < deadline, `waited 20 s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function open(name: string): Promise<vscode.TextDocument> {
  const [file] = await vscode.workspace.findFiles(name);
  assert.ok(file, `the workspace has no ${name}`);
  const document = await vscode.workspace.openTextDocument(file);
  await vscode.window.showTextDocument(document);
  return document;
}

/** What is found, each finding as its rule or, of others, its message. */
export function found({ uri }: vscode.TextDocument): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .map(({ code, message, source }) => {
      const rule = typeof code === "object" ? String(code.value) : String(code);
      return source === "headroom" ? rule : message;
    })
    .sort();
}

/** Waits until exactly this is found. */
export async function finds(document: vscode.TextDocument, ...expected: string[]): Promise<void> {
  let last: string[] = [];
  const isSo = () => {
    last = found(document);
    return last.join("\n") === expected.sort().join("\n") ? true : undefined;
  };
  await eventually(expected.join(", "), isSo).catch((error: Error) => {
    throw new Error(`${error.message}; last found: ${last.join(", ")}`);
  });
}

/** How often a label is proposed behind the first occurrence of a text. */
export async function proposals(document: vscode.TextDocument, behind: string, label: string): Promise<number> {
  const position = document.positionAt(document.getText().indexOf(behind) + behind.length);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    position,
  );
  return list.items.filter((item) => (typeof item.label === "string" ? item.label : item.label.label) === label).length;
}

/** The texts that show when one points at the first occurrence of a word. */
export async function hovers(document: vscode.TextDocument, word: string): Promise<string[]> {
  const position = document.positionAt(document.getText().indexOf(word) + 1);
  const all = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    position,
  );
  return all.flatMap(({ contents }) => contents.map((one) => (typeof one === "string" ? one : one.value)));
}
