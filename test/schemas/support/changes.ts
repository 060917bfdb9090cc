export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A document with one change: where it is, what it is, and the document then. */
export interface Change {
  /** JSON pointer to what was changed. */
  readonly at: string;
  /** The value that took its place, `-` for nothing, `+` for one key more. */
  readonly to: string;
  readonly value: Json;
}

const odd: readonly Json[] = [true, 1, -1, 1.5, "x", "", [], {}];

/** Every document that differs in one place: another value, nothing, or a key that nobody knows. */
export function changesOf(value: Json): Change[] {
  return changesAt(value, "", (other) => other ?? null);
}

function changesAt(value: Json, at: string, put: (other: Json | undefined) => Json): Change[] {
  const own = odd.map((other) => ({ at, to: JSON.stringify(other), value: put(other) }));
  const gone = at === "" ? [] : [{ at, to: "-", value: put(undefined) }];
  return [...own, ...gone, ...changesInside(value, at, put)];
}

function changesInside(value: Json, at: string, put: (other: Json) => Json): Change[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      changesAt(item, `${at}/${index}`, (other) =>
        put(value.toSpliced(index, 1, ...(other === undefined ? [] : [other]))),
      ),
    );
  const more = { at, to: "+", value: put({ ...value, odd: 1 }) };
  const inside = Object.entries(value).flatMap(([key, item]) => {
    const { [key]: _, ...rest } = value;
    const step = key.replaceAll("~", "~0").replaceAll("/", "~1");
    return changesAt(item, `${at}/${step}`, (other) => put(other === undefined ? rest : { ...value, [key]: other }));
  });
  return [more, ...inside];
}
