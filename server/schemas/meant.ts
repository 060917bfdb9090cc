import { entryOf } from "../text/read.ts";
import { nearest } from "../text/spelling.ts";
import type { UnknownKey } from "./problem.ts";

/** Of the letters of a word, the part that must agree with the beginning of another. */
const agreement = 0.7;

/**
 * The known key that an unknown one was meant to be: the nearest in spelling, else the only one that begins alike, as
 * `maxReplicas` and `maxReplicaCount` do.
 */
export function meantKey(word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known);
  if (near !== undefined) return near;
  const alike = known.filter((key) => commonStart(word, key) >= Math.max(6, agreement * word.length));
  return alike.length === 1 ? alike[0] : undefined;
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** What an unknown key may have been meant for: the known ones that do not stand beside it already. */
export function unwritten({ known, map }: UnknownKey): readonly string[] {
  return known.filter((key) => entryOf(map, key) === undefined);
}
