import type { RawFix } from "../../findings/raw-finding.ts";
import type { ScaledObjectAt } from "../../scenario/scaled-object.ts";
import { removeEntry, setAll, setEntry, setScalar } from "../../text/edits.ts";
import type { MapNode, Node } from "../../text/node.ts";
import { at, entriesAt, itemsAt } from "../../text/read.ts";
import type { YamlMap } from "../../text/write.ts";

type Keys = readonly (string | number)[];

/** The value at a path, if it stands there alone: nothing on the way has an anchor or comes by an alias or a merge. */
export function ownAt(root: Node, keys: Keys): Node | undefined {
  let node: Node | undefined = root;
  for (const key of keys) {
    if (node === undefined || node.type === "alias" || node.anchor !== undefined) return undefined;
    node = typeof key === "number" ? itemsAt(node)[key] : entriesAt(node).findLast((e) => e.key.text === key)?.value;
  }
  return node === undefined || node.type === "alias" || node.anchor !== undefined ? undefined : node;
}

function ownMap(root: Node, keys: Keys): MapNode | undefined {
  const node = ownAt(root, keys);
  return node?.type === "map" ? node : undefined;
}

/** Takes a key out of the mapping at a path. */
export function removal(root: Node, keys: Keys, key: string, safe = false): RawFix[] {
  const map = ownMap(root, keys);
  const edit = map === undefined ? undefined : removeEntry(map, key);
  return edit === undefined ? [] : [{ title: `Remove ${key}`, safe, edits: [edit] }];
}

/** Writes keys below `spec`. */
export function inSpec({ root }: ScaledObjectAt, title: string, yaml: YamlMap): RawFix[] {
  const edits = setAll(root, ["spec"], yaml);
  return edits === undefined || edits.length === 0 ? [] : [{ title, safe: false, edits }];
}

/** Writes a key into the mapping at a path; the value is YAML. */
export function entry(root: Node, keys: Keys, key: string, yaml: string, title: string): RawFix[] {
  const map = ownMap(root, keys);
  const present = ownAt(root, [...keys, key]);
  if (map === undefined || (present === undefined && at(map, key) !== undefined)) return [];
  return [{ title, safe: false, edits: [setEntry(map, key, yaml)] }];
}

/** Another text for the scalar at a path, in the quotes it has. */
export function text(root: Node, keys: Keys, value: string, title: string, safe = false): RawFix[] {
  const node = ownAt(root, keys);
  return node?.type === "scalar" ? [{ title, safe, edits: [setScalar(node, value)] }] : [];
}
