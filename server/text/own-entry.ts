import type { Entry, MapNode } from "./node.ts";

/** Up to so many entries a look at each is faster than an index. */
const few = 16;
const indexes = new WeakMap<MapNode, ReadonlyMap<string, Entry>>();

/** The entry that a mapping itself has under a key; of a key that is given twice the last one counts. */
export function ownEntry(map: MapNode, key: string): Entry | undefined {
  if (map.entries.length > few) return indexOf(map).get(key);
  for (let index = map.entries.length - 1; index >= 0; index--) {
    const entry = map.entries[index] as Entry;
    if (entry.key.type === "scalar" && entry.key.text === key) return entry;
  }
  return undefined;
}

function indexOf(map: MapNode): ReadonlyMap<string, Entry> {
  let index = indexes.get(map);
  if (index === undefined) {
    index = new Map(map.entries.flatMap((entry) => (entry.key.type === "scalar" ? [[entry.key.text, entry]] : [])));
    indexes.set(map, index);
  }
  return index;
}
