import type { MapNode, Node } from "../../text/node.ts";
import { entryOf, resolve } from "../../text/read.ts";

/** A value and the mapping that holds it. */
export interface Place {
  readonly value: Node;
  readonly holder: MapNode;
}

/**
 * The values at a path such as `spec.triggers[].metadata`; `[]` stands for each item of a list. A place that aliases
 * lead to many times counts once, so that the work never exceeds the nodes of the document.
 */
export function placesAt(root: Node | undefined, path: string): readonly Place[] {
  const steps = path.split(".").map((step) => ({ key: step.replace("[]", ""), each: step.endsWith("[]") }));
  let holders: readonly MapNode[] = mapsOf([root]);
  let places: Place[] = [];
  for (const [index, { key, each }] of steps.entries()) {
    const lists = new Set<Node>();
    places = holders.flatMap((holder) => {
      const value = entryOf(holder, key)?.value;
      if (value === undefined || !each) return value === undefined ? [] : [{ value, holder }];
      const list = resolve(value);
      if (list?.type !== "seq" || lists.has(list)) return [];
      lists.add(list);
      return list.items.map((item) => ({ value: item, holder }));
    });
    if (index < steps.length - 1) holders = mapsOf(places.map(({ value }) => value));
  }
  return uniqueBy(places, ({ value }) => value);
}

export function valuesAt(root: Node | undefined, path: string): Node[] {
  return placesAt(root, path).map(({ value }) => value);
}

/** The mappings at a path, each once. */
export function mapsAt(root: Node | undefined, path: string): MapNode[] {
  return mapsOf(valuesAt(root, path));
}

function mapsOf(nodes: readonly (Node | undefined)[]): MapNode[] {
  const found = nodes.flatMap((node) => {
    const map = resolve(node);
    return map?.type === "map" ? [map] : [];
  });
  return [...new Set(found)];
}

function uniqueBy<T, K>(items: readonly T[], keyOf: (item: T) => K): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
