import type { Location, Position } from "vscode-languageserver/node";
import { usesOf } from "../../graph/references.ts";
import type { View } from "./view.ts";

/** Every place that means, or may mean, what the name at a position means. */
export function references(view: View, position: Position, declaration: boolean): Location[] | null {
  const mention = view.mentionAt(position);
  if (mention === undefined) return null;
  const { targets } = mention;
  const found = [
    ...(declaration ? targets.map((target) => view.locationOf(target)) : []),
    ...targets.flatMap((target) => usesOf(view.workspace, target)).map(({ reference }) => view.locate(reference.at)),
  ];
  return [...new Map(found.map((location) => [JSON.stringify(location), location])).values()];
}
