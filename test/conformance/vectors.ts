export interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly vector: Record<string, unknown>;
}

/** How well a law does over many vectors, against what it may be off. */
export interface Gate {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly ok: boolean;
}

/**
 * The vectors of a file: its `vectors` list, or every list of objects, whose name then is their kind. A list may stand as
 * `rows` in an object that says what its rows have in common.
 */
export function vectorsOf(file: Record<string, unknown>): Vector[] {
  return Object.entries(file).flatMap(([name, value]) => {
    // What the vectors are to be judged by is no vector.
    if (name === "suggested_gates") return [];
    if (isList(value)) return value.map((vector, index) => vectorOf(name, index, vector));
    if (typeof value !== "object" || value === null || !("rows" in value) || !isList(value.rows)) return [];
    const { rows, ...common } = value;
    // A row's own `kind` says what its model is.
    return rows.map((row, index) => ({ id: idOf(name, index, row), kind: name, vector: { ...common, ...row } }));
  });
}

function isList(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.some((item) => typeof item === "object");
}

function vectorOf(name: string, index: number, vector: Record<string, unknown>): Vector {
  return { id: idOf(name, index, vector), kind: String(vector["kind"] ?? name), vector };
}

function idOf(name: string, index: number, vector: Record<string, unknown>): string {
  return String(vector["id"] ?? vector["name"] ?? `${name}/${index}`);
}
