import type { Node } from "./node.ts";
import { at, mapAt } from "./read.ts";
import { nearest } from "./spelling.ts";

/**
 * Whether something that is not there stands there under a slip of its name, at any key of the way: then it was
 * written, whatever its reader makes of it.
 */
export function isMisspelt(root: Node | undefined, path: readonly string[]): boolean {
  let holder = root;
  for (const key of path) {
    const next = at(holder, key);
    if (next === undefined) {
      const words = mapAt(holder)?.entries.flatMap((entry) => (entry.key.type === "scalar" ? [entry.key.text] : []));
      return (words ?? []).some((word) => nearest(word, [key]) !== undefined);
    }
    holder = next;
  }
  return false;
}
