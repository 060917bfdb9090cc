import type { RawFix } from "../../findings/raw-finding.ts";
import { entryIn } from "../../schemas/place.ts";
import { setScalar } from "../../text/edits.ts";
import type { MapNode, ScalarNode } from "../../text/node.ts";

/** Another name for a key, unless the mapping has one of that name already. */
export function rename(key: ScalarNode, map: MapNode, name: string, safe: boolean): RawFix[] {
  if (entryIn(map, name) !== undefined) return [];
  return [{ title: `Rename to ${name}`, safe, edits: [setScalar(key, name)] }];
}
