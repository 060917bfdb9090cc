import type { StackObject } from "../kinds/stack-object.ts";
import type { Range } from "../text/lines.ts";

/** Those of a file's findings that stand in an object. */
export function within<Placed extends { readonly range: Range }>(
  object: StackObject,
  found: readonly Placed[],
): Placed[] {
  const { start, end } = object.doc.file.rangeOf(object);
  return found.filter(({ range }) => !isBefore(range.start, start) && !isBefore(end, range.start));
}

/** Where an object is to be shown: at its name. */
export function placeOf(object: StackObject): Range {
  return object.doc.file.rangeOf(object.name?.node ?? { doc: object.doc, start: object.start, end: object.start });
}

function isBefore(a: Range["start"], b: Range["start"]): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
