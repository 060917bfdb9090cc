import { type QuickPickItem, QuickPickItemKind, type Uri, window, workspace } from "vscode";
import type { Against } from "../../server/editor/preview/messages.ts";
import { isRef } from "./state.ts";

interface Choice extends QuickPickItem {
  readonly choose?: () => Promise<Against | "nothing" | undefined>;
}

/** Lets somebody choose what to compare with. Undefined: nothing was chosen; without `against`: with nothing any more. */
export async function chooseAgainst(
  file: Uri,
  current: Against | undefined,
): Promise<{ readonly against?: Against } | undefined> {
  const choices = [...ofGit(file), ...ofFiles(file), ...(current === undefined ? [] : ending)];
  const chosen = await window.showQuickPick(choices, { title: "Compare the files as they are now with" });
  const against = await chosen?.choose?.();
  if (against === undefined) return undefined;
  return against === "nothing" ? {} : { against };
}

/** Not in a folder that is not trusted, as everywhere (panel.ts). */
function ofGit(file: Uri): readonly Choice[] {
  if (file.scheme !== "file" || !workspace.isTrusted) return [];
  const head = { kind: "git", ref: "HEAD" } as const;
  return [
    { label: "$(git-commit) HEAD", description: "the last commit", choose: async () => head },
    { label: "$(git-branch) Another commit, branch or tag…", choose: chooseRef },
  ];
}

function ofFiles(file: Uri): readonly Choice[] {
  const saved = { kind: "saved" } as const;
  return [
    { label: "$(save) Saved", description: "the files without unsaved changes", choose: async () => saved },
    { label: "$(folder) Another folder…", description: "an overlay, say", choose: () => chooseFolder(file) },
  ];
}

const ending: readonly Choice[] = [
  { label: "", kind: QuickPickItemKind.Separator },
  { label: "$(close) Nothing", description: "ends the comparison", choose: async () => "nothing" },
];

async function chooseRef(): Promise<Against | undefined> {
  const ref = await window.showInputBox({
    title: "Compare with",
    placeHolder: "main, v1.2, HEAD~3, 4f2a91c",
    validateInput: (name) => (name === "" || isRef(name) ? undefined : "git knows no commit by such a name"),
  });
  return ref === undefined || ref === "" ? undefined : { kind: "git", ref };
}

async function chooseFolder(file: Uri): Promise<Against | undefined> {
  const [folder] =
    (await window.showOpenDialog({
      title: "Compare with the stack in",
      openLabel: "Compare",
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: file.with({ path: file.path.replace(/\/[^/]*$/, "") || "/" }),
    })) ?? [];
  return folder && { kind: "directory", uri: folder.toString() };
}
