import type { RawFix } from "../../findings/raw-finding.ts";
import { setScalar } from "../../text/edits.ts";
import type { MapNode, ScalarNode } from "../../text/node.ts";
import { entryOf } from "../../text/read.ts";

/** Another name for a key, unless the mapping has one of that name already. */
export function rename(key: ScalarNode, map: MapNode, name: string, safe: boolean): RawFix[] {
  if (entryOf(map, name) !== undefined) return [];
  return [{ title: `Rename to ${name}`, safe, edits: [setScalar(key, name)] }];
}
