/** A field of something that came over the wire, where nothing can be taken for granted. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** The same, some levels down. */
export function fieldAt(value: unknown, ...names: string[]): unknown {
  return names.reduce(field, value);
}

export function textsIn(value: unknown, name: string): string[] {
  return Array.isArray(value) ? value.map((item) => field(item, name)).filter((text) => typeof text === "string") : [];
}
