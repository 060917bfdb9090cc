import { env, Uri, window, workspace } from "vscode";
import { fileOf } from "./export.ts";
import type { FromPage } from "./messages.ts";

type Export = Extract<FromPage, { readonly type: "export" }>;

/** Writes where the dialog says and nowhere else; Markdown goes to the clipboard. */
export async function save({ format, data }: Export, beside: Uri): Promise<void> {
  if (format === "markdown") {
    await env.clipboard.writeText(data);
    window.setStatusBarMessage("Forecast copied as Markdown", 3000);
    return;
  }
  const { bytes, filter } = fileOf(format, data);
  const target = await window.showSaveDialog({
    title: "Save the forecast",
    filters: filter,
    defaultUri: Uri.joinPath(beside, "..", `forecast.${format}`),
  });
  if (target !== undefined) await workspace.fs.writeFile(target, bytes);
}
