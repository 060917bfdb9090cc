import type { MapNode } from "../text/node.ts";
import { resolve } from "../text/read.ts";
import type { ValidatorModule } from "./compiled.ts";
import { placeAt, stepsOf } from "./place.ts";
import type { SchemaProblem } from "./problem.ts";

/** What there is to say about keys and values that are allowed: deprecated, or of some versions alone. */
export function notesIn(
  noted: readonly (readonly [pointer: string, note: number])[],
  root: MapNode,
  { notes }: ValidatorModule,
): SchemaProblem[] {
  return noted.flatMap(([pointer, number]) => {
    const note = notes[number];
    const place = placeAt(root, pointer);
    const value = resolve(place?.node);
    if (note === undefined || place === undefined || value === undefined) return [];
    const key = note.value !== true && place.entry?.key.type === "scalar" ? place.entry.key : undefined;
    const at = key ?? (value === root ? (root.entries[0]?.key ?? root) : value);
    const found: SchemaProblem[] = [];
    if (note.versions !== undefined) {
      const name = key?.text ?? (value.type === "scalar" ? value.text : (stepsOf(pointer).at(-1) ?? ""));
      found.push({ type: "other-version", pointer, at, name, versions: note.versions });
    }
    if (note.deprecated === true) {
      const { message, renamedTo, deprecatedSince } = note;
      found.push({ type: "deprecated-key", pointer, at, key, map: place.map, message, renamedTo, deprecatedSince });
    }
    return found;
  });
}
