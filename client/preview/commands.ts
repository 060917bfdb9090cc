import { commands, type Disposable, Uri, window } from "vscode";
import type { PreviewPanel } from "./panel.ts";
import type { Previews } from "./previews.ts";

/** What the preview can be told to do from the palette, a menu, a lens, and the walkthrough. */
export function previewCommands(previews: Previews): Disposable[] {
  return [
    // Lenses give the URI as text, menus as a Uri, and menus more behind it that is no target.
    commands.registerCommand("headroom.openPreview", async (file?: unknown, target?: unknown) => {
      const uri = fileIn(file) ?? openFile();
      if (uri !== undefined) await previews.show(uri, typeof target === "string" ? target : undefined);
    }),
    commands.registerCommand("headroom.comparePreview", async (file?: unknown) => {
      await (await preview(previews, file))?.chooseAgainst();
    }),
    commands.registerCommand("headroom.copyMarkdown", async (file?: unknown) => {
      await (await preview(previews, file))?.copyMarkdown();
    }),
  ];
}

/** The page that a command is about; opened, if there is none yet. */
async function preview(previews: Previews, file: unknown): Promise<PreviewPanel | undefined> {
  const named = fileIn(file);
  if (named === undefined && previews.active !== undefined) return previews.active;
  const uri = named ?? openFile();
  return uri && previews.show(uri, undefined);
}

function fileIn(given: unknown): Uri | undefined {
  if (given instanceof Uri) return given;
  const uri = typeof given === "string" ? given : (given as { readonly uri?: unknown } | undefined)?.uri;
  return typeof uri === "string" ? Uri.parse(uri, true) : undefined;
}

function openFile(): Uri | undefined {
  const editors = [window.activeTextEditor, ...window.visibleTextEditors];
  const editor = editors.find((one) => one?.document.languageId === "yaml");
  if (editor === undefined) window.showInformationMessage("Open a YAML file of an inference stack first.");
  return editor?.document.uri;
}
