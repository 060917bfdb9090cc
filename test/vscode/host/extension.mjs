// The extension under test: a folder under development, or a packed file that is installed as a person would.

import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Fails early, and in plain words, when what should be tested is not there. */
export function extensionUnderTest({ vsix, folder }) {
  if (vsix !== undefined) {
    const file = resolve(vsix);
    if (!existsSync(file)) throw new Error(`${file} does not exist`);
    return { vsix: file };
  }
  const { main } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const code =
    main === undefined ? undefined : ["", ".js", ".cjs"].map((end) => join(folder, main + end)).find(existsSync);
  if (code === undefined)
    throw new Error(`the extension in ${folder} is not built (its "main" is ${main ?? "missing"})`);
  return { folder };
}

/** The folder to give VS Code as `extensionDevelopmentPath`. */
export function developmentPath(extension, home) {
  if (extension.folder !== undefined) return linked(resolve(extension.folder), home);
  // VS Code runs API tests only beside an extension under development. The packed one is installed; this one does nothing.
  const bystander = join(home, "bystander");
  mkdirSync(bystander, { recursive: true });
  const manifest = { name: "bystander", publisher: "headroom", version: "0.0.0", engines: { vscode: "*" } };
  writeFileSync(join(bystander, "package.json"), JSON.stringify(manifest));
  return bystander;
}

/**
 * VS Code wears a theme that comes from below the folder under development, whatever the settings say: the kept VS Code stands
 * below the repository with themes of its own. Behind a link it is below it no more.
 */
function linked(folder, home) {
  const link = join(home, "extension");
  if (!existsSync(link)) symlinkSync(folder, link, "junction");
  return link;
}
