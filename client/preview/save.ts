import { createHash } from "node:crypto";
import { env, Uri, window, workspace } from "vscode";
import { standalonePage } from "../../server/forecast/standalone-page.ts";
import { fileOf } from "./export.ts";
import type { FromPage } from "./messages.ts";

type Export = Extract<FromPage, { readonly type: "export" }>;

/** Writes where the dialog says and nowhere else; Markdown goes to the clipboard. */
export async function save({ format, data }: Export, beside: Uri, extension: Uri): Promise<void> {
  if (format === "markdown") {
    await env.clipboard.writeText(data);
    window.setStatusBarMessage("Forecast copied as Markdown", 3000);
    return;
  }
  const { bytes, filter } = fileOf(format, format === "html" ? await standalone(data, extension) : data);
  const target = await window.showSaveDialog({
    title: "Save the forecast",
    filters: filter,
    defaultUri: Uri.joinPath(beside, "..", `forecast.${format}`),
  });
  if (target !== undefined) await workspace.fs.writeFile(target, bytes);
}

/** The page's own script and style around what it shows. */
async function standalone(shown: string, extension: Uri): Promise<string> {
  const built = async (name: string) => {
    const bytes = await workspace.fs.readFile(Uri.joinPath(extension, "dist", name));
    return new TextDecoder().decode(bytes);
  };
  const [script, style] = await Promise.all([built("preview.js"), built("preview.css")]);
  const sources = { title: "Forecast by Headroom", script, style, shown: JSON.parse(shown) };
  return standalonePage(sources, (text) => createHash("sha256").update(text).digest("base64"));
}
