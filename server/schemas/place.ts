import type { Entry, MapNode, Node } from "../text/node.ts";
import { indexOf } from "../text/own-entry.ts";
import { entryOf, resolve } from "../text/read.ts";

/** Where a JSON pointer leads in a tree. */
export interface Place {
  readonly node: Node;
  /** The entry of a mapping that the last step took; none at the root and for items of lists. */
  readonly entry: Entry | undefined;
  readonly map: MapNode | undefined;
}

export function placeAt(root: Node, pointer: string): Place | undefined {
  let place: Place | undefined = { node: root, entry: undefined, map: undefined };
  for (const step of stepsOf(pointer)) place = place === undefined ? undefined : next(place.node, step);
  return place;
}

function next(node: Node, step: string): Place | undefined {
  const holder = resolve(node);
  if (holder?.type === "seq") {
    const item = holder.items[Number(step)];
    return item === undefined ? undefined : { node: item, entry: undefined, map: undefined };
  }
  const entry = entryIn(holder, step);
  return holder?.type !== "map" || entry === undefined ? undefined : { node: entry.value, entry, map: holder };
}

/** The entry under a key, as `entryOf` finds it, for those who ask one mapping for many keys. */
export function entryIn(node: Node | undefined, key: string): Entry | undefined {
  const map = resolve(node);
  if (map?.type !== "map") return undefined;
  const index = indexOf(map);
  return index.get(key) ?? (index.has("<<") ? entryOf(map, key) : undefined);
}

export function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** `/spec/triggers/0/metadata` as people write it: `spec.triggers[0].metadata`. */
export function dotted(pointer: string): string {
  return stepsOf(pointer)
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}
