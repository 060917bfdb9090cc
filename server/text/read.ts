import { limits } from "./limits.ts";
import type { Entry, MapNode, Node, ScalarNode, SeqNode } from "./node.ts";
import { ownEntry } from "./own-entry.ts";
import { isTemplated } from "./template.ts";
import { parseSpan } from "./values/duration.ts";
import { parseQuantity, type Quantity } from "./values/quantity.ts";
import { isNullWord, resolvePlain } from "./values/truth.ts";

/** A value together with the node that says it. */
export interface Placed<T> {
  readonly value: T;
  readonly node: Node;
}

/** Follows aliases, a declared number of times. */
export function resolve(node: Node | undefined): Exclude<Node, { type: "alias" }> | undefined {
  let at = node;
  for (let hops = 0; at?.type === "alias"; hops++) {
    if (hops >= limits.hops) return undefined;
    at = at.target;
  }
  return at;
}

/** The entry of a mapping under a key, own entries before merged ones (`<<`). */
export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  const map = resolve(node);
  if (map?.type !== "map") return undefined;
  const own = ownEntry(map, key);
  // Most questions are after keys that are not written, and few mappings are merged.
  return own !== undefined || ownEntry(map, "<<") === undefined ? own : mergedEntry(map, key, new Set());
}

/** Each mapping is looked at once, however often a hostile document merges it. */
function mergedEntry(map: MapNode, key: string, seen: Set<MapNode>): Entry | undefined {
  if (seen.has(map)) return undefined;
  seen.add(map);
  if (ownEntry(map, "<<") === undefined) return undefined;
  for (const entry of map.entries) {
    if (entry.key.type !== "scalar" || entry.key.text !== "<<") continue;
    const source = resolve(entry.value);
    for (const item of source?.type === "seq" ? source.items : [source]) {
      const merged = resolve(item);
      if (merged?.type !== "map" || seen.has(merged)) continue;
      const found = ownEntry(merged, key) ?? mergedEntry(merged, key, seen);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The value at a path of keys. */
export function at(node: Node | undefined, ...path: string[]): Node | undefined {
  let found = node;
  for (const key of path) found = entryOf(found, key)?.value;
  return found;
}

export function mapAt(node: Node | undefined, ...path: string[]): MapNode | undefined {
  const found = resolve(at(node, ...path));
  return found?.type === "map" ? found : undefined;
}

export function seqAt(node: Node | undefined, ...path: string[]): SeqNode | undefined {
  const found = resolve(at(node, ...path));
  return found?.type === "seq" ? found : undefined;
}

/** The items of a list; none when there is no list. */
export function itemsAt(node: Node | undefined, ...path: string[]): readonly Node[] {
  return seqAt(node, ...path)?.items ?? [];
}

/** An entry whose key is a scalar, as all that people write are. */
export type ScalarEntry = Entry & { readonly key: ScalarNode };

const none: readonly Entry[] = [];

function hasScalarKey(entry: Entry): entry is ScalarEntry {
  return entry.key.type === "scalar";
}

/** The entries of a mapping whose keys are scalars. */
export function entriesAt(node: Node | undefined, ...path: string[]): readonly ScalarEntry[] {
  const entries = mapAt(node, ...path)?.entries ?? none;
  return entries.every(hasScalarKey) ? entries : entries.filter(hasScalarKey);
}

/** The scalar at a path, unless its value is filled in later. */
export function scalarAt(node: Node | undefined, ...path: string[]): ScalarNode | undefined {
  const found = resolve(at(node, ...path));
  return found?.type === "scalar" && !isTemplated(found.text) ? found : undefined;
}

/** Text as a consumer of strings reads it; absent when there is no value. */
export function stringAt(node: Node | undefined, ...path: string[]): Placed<string> | undefined {
  const found = scalarAt(node, ...path);
  return found === undefined || isNull(found) ? undefined : { value: found.text, node: found };
}

/** A number, also one that was put in quotes. */
export function numberAt(node: Node | undefined, ...path: string[]): Placed<number> | undefined {
  const found = scalarAt(node, ...path);
  const text = found?.text.trim() ?? "";
  if (found === undefined || text === "") return undefined;
  const value = resolvePlain(text);
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? { value: number, node: found } : undefined;
}

export function quantityAt(node: Node | undefined, ...path: string[]): Placed<Quantity> | undefined {
  return parsedAt(node, path, parseQuantity);
}

/** Seconds: `240s`, `4m` or a plain number. */
export function secondsAt(node: Node | undefined, ...path: string[]): Placed<number> | undefined {
  return parsedAt(node, path, parseSpan);
}

function parsedAt<T>(
  node: Node | undefined,
  path: string[],
  parse: (text: string) => T | undefined,
): Placed<T> | undefined {
  const found = scalarAt(node, ...path);
  const value = found === undefined ? undefined : parse(found.text);
  return found === undefined || value === undefined ? undefined : { value, node: found };
}

export function isNull(node: ScalarNode): boolean {
  return node.style === "plain" && isNullWord(node.text);
}

/** Text, number, truth or nothing, as YAML 1.2 reads a scalar. */
export function plainValue(node: ScalarNode): string | number | bigint | boolean | null {
  return node.style === "plain" && node.tag === undefined ? resolvePlain(node.text) : node.text;
}
