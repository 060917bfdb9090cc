export interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly vector: Record<string, unknown>;
}

/** The vectors of a file: its `vectors` list, or every list of objects, whose name then is their kind. */
export function vectorsOf(file: Record<string, unknown>): Vector[] {
  const lists = Object.entries(file).filter(
    ([, value]) => Array.isArray(value) && value.some((item) => typeof item === "object"),
  );
  return lists.flatMap(([name, list]) =>
    (list as Record<string, unknown>[]).map((vector, index) => ({
      id: String(vector["id"] ?? vector["name"] ?? `${name}/${index}`),
      kind: String(vector["kind"] ?? name),
      vector,
    })),
  );
}
