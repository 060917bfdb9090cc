import type { WvaProfile } from "../../../server/engine/wva/profiles.ts";
import type { Adapter } from "../adapter.ts";

interface AnyVector {
  readonly profile: readonly WvaProfile[];
  readonly expected: unknown;
  readonly tolerance?: number;
}

/** Runs a vector once a profile it lists, and compares what it says with what the engine says. */
export function forEachProfile<V extends object>(
  run: (vector: V & AnyVector, profile: WvaProfile) => unknown,
): Adapter {
  return (fields) => {
    const vector = fields as unknown as V & AnyVector;
    const { expected, tolerance = 1e-9 } = vector;
    let actual: unknown;
    for (const profile of vector.profile) {
      actual = run(vector, profile);
      if (!matches(expected, actual, tolerance))
        return { expected, actual: { profile, ...asFields(actual) }, passed: false };
    }
    return { expected, actual, passed: vector.profile.length > 0 };
  };
}

/** Only what is expected is compared. `xMin` asks for at least as much of `x`, `xPositive` for more than nothing. */
function matches(expected: unknown, actual: unknown, tolerance: number): boolean {
  if (typeof expected === "number") return typeof actual === "number" && isNear(expected, actual, tolerance);
  if (typeof expected !== "object" || expected === null) return expected === actual;
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return false;
    return expected.every((item, at) => matches(item, actual[at], tolerance));
  }
  const found = asFields(actual);
  return Object.entries(expected).every(([key, value]) => fieldMatches(key, value, found, tolerance));
}

function fieldMatches(key: string, value: unknown, found: Fields, tolerance: number): boolean {
  if (key === "error") return Boolean(value) === Boolean(found[key]);
  if (key in found) {
    if (key === "targets" && Object.keys(asFields(value)).length !== Object.keys(asFields(found[key])).length)
      return false;
    const apart = key === "avgWaitTime" && Math.abs(Number(value) - Number(found[key])) <= 0.02;
    return apart || matches(value, found[key], tolerance);
  }
  if (key.endsWith("Min")) return Number(found[key.slice(0, -3)]) >= Number(value);
  if (key.endsWith("Positive")) return Number(found[key.slice(0, -8)]) > 0 === Boolean(value);
  return false;
}

function isNear(expected: number, actual: number, tolerance: number): boolean {
  return expected === actual || Math.abs(expected - actual) <= Math.max(1e-12, tolerance * Math.abs(expected));
}

type Fields = Readonly<Record<string, unknown>>;

function asFields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : { value };
}

export function fieldsOf<T>(map: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries(map);
}
