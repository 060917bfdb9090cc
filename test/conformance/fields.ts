/** Reading the fields of a vector, whose types only its file knows. */
export type Fields = Record<string, unknown>;

export function numberIn(vector: Fields, name: string): number {
  const value = vector[name];
  if (typeof value !== "number") throw new Error(`${name} is no number`);
  return value;
}

export function maybeNumber(vector: Fields, name: string): number | undefined {
  const value = vector[name];
  return typeof value === "number" ? value : undefined;
}

export function textIn(vector: Fields, name: string): string {
  const value = vector[name];
  return typeof value === "string" ? value : "";
}

export function listIn(vector: Fields, name: string): Fields[] {
  const value = vector[name];
  return Array.isArray(value) ? (value as Fields[]) : [];
}

/** Equal to so many decimals, as the file prints it. */
export function agrees(actual: number, printed: number, decimals: number): boolean {
  return Math.abs(actual - printed) <= 0.5 * 10 ** -decimals + 1e-9;
}

/** Whether what was worked out equals what the vector says, field by field. */
export function compared(expected: Fields, actual: Fields) {
  return { expected, actual, passed: JSON.stringify(expected) === JSON.stringify(actual) };
}
