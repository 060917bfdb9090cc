import { commands, Uri, window, workspace } from "vscode";
import { freeName } from "./free-name.ts";

/** Copies the bundled example into a new folder that somebody chooses, and opens it. Nothing else is written. */
export async function openExample(extension: Uri): Promise<void> {
  const choose = "Choose a Folder…";
  const detail =
    "Headroom copies its example, one stack in eight manifests with mistakes to find, into a new folder inside the one that you choose, and opens it in a new window. Nothing is applied anywhere.";
  const answer = await window.showInformationMessage("Open Headroom's example", { modal: true, detail }, choose);
  if (answer !== choose) return;
  const [parent] =
    (await window.showOpenDialog({
      title: "Where the example's folder goes",
      openLabel: "Put the Example Here",
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (parent === undefined) return;
  const taken = (await workspace.fs.readDirectory(parent)).map(([name]) => name);
  const folder = Uri.joinPath(parent, freeName("headroom-example", taken));
  await workspace.fs.copy(Uri.joinPath(extension, "examples", "broken"), folder, { overwrite: false });
  await commands.executeCommand("vscode.openFolder", folder, { forceNewWindow: true });
}
