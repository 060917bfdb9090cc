/**
 * Reading a spec that nobody has looked at. What has another type than the API's counts as absent: a server refuses it
 * earlier, while decoding, and schemas say that better than a list of rules could.
 */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** Own fields alone: a key `constructor` or `__proto__` finds nothing. `null` is absent. */
export function field(fields: Fields | undefined, name: string): unknown {
  return fields !== undefined && Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined;
}

export function fieldsAt(fields: Fields | undefined, name: string): Fields | undefined {
  return fieldsOf(field(fields, name));
}

export function textAt(fields: Fields | undefined, name: string): string {
  const value = field(fields, name);
  return typeof value === "string" ? value : "";
}

export function integerAt(fields: Fields | undefined, name: string): number | undefined {
  const value = field(fields, name);
  return typeof value === "number" && Number.isInteger(value) ? value : undefined;
}

export function listAt(fields: Fields | undefined, name: string): readonly unknown[] | undefined {
  const value = field(fields, name);
  return Array.isArray(value) ? value : undefined;
}

export function quantityAt(fields: Fields | undefined, name: string): string | number | undefined {
  const value = field(fields, name);
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}
