import type { DocumentLink } from "vscode-languageserver/node";
import { isFile, type Target, titleOf } from "../../graph/references/reference.ts";
import { referencesOf } from "../../graph/references.ts";
import type { View } from "./view.ts";

const most = 2000;

/** The paths of a document that lead to a file here, or to a key of a ConfigMap that is mounted. */
export function documentLinks(view: View): DocumentLink[] {
  const { graph, workspace, file } = view;
  const paths = workspace
    .objectsIn(file)
    .flatMap((object) => referencesOf(graph, object))
    .filter(({ to, byName, at }) => to.type === "file" || (to.type === "key" && (!byName || isInPath(at.scalar.text))));
  return paths.slice(0, most).flatMap(({ at, resolve }) => {
    const [target, ...others] = resolve(graph);
    if (target === undefined || others.length > 0) return [];
    return [{ range: file.rangeOf(at), target: linkOf(view, target), tooltip: titleOf(target) }];
  });
}

function isInPath(text: string): boolean {
  return text.includes("/");
}

/** Editors read the line from the fragment, as it is counted for people. */
function linkOf(view: View, target: Target): string {
  const { uri, range } = view.locationOf(target);
  return isFile(target) ? uri : `${uri}#L${range.start.line + 1},${range.start.character + 1}`;
}
