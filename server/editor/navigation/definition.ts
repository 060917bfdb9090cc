import type { Location, LocationLink, Position } from "vscode-languageserver/node";
import type { View } from "./view.ts";

/** Where a name is defined: in several places when nobody can tell which is meant. */
export function definition(view: View, position: Position, links: boolean): Location[] | LocationLink[] | null {
  const mention = view.mentionAt(position);
  if (mention === undefined || mention.targets.length === 0) return null;
  const { name, targets } = mention;
  return links ? targets.map((target) => view.linkTo(target, name)) : targets.map((target) => view.locationOf(target));
}
