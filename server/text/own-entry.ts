import type { Entry, MapNode } from "./node.ts";
import { remembered } from "./remembered.ts";

/** Up to so many entries a look at each is faster than an index. */
const few = 16;

/** The entry that a mapping itself has under a key; of a key that is given twice the last one counts. */
export function ownEntry(map: MapNode, key: string): Entry | undefined {
  if (map.entries.length > few) return indexOf(map).get(key);
  for (let index = map.entries.length - 1; index >= 0; index--) {
    const entry = map.entries[index] as Entry;
    if (entry.key.type === "scalar" && entry.key.text === key) return entry;
  }
  return undefined;
}

/** The entries by their keys, for those who ask for many. */
export const indexOf = remembered(
  (map: MapNode): ReadonlyMap<string, Entry> =>
    new Map(map.entries.flatMap((entry) => (entry.key.type === "scalar" ? [[entry.key.text, entry]] : []))),
);
