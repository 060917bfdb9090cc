import { parseDuration } from "./duration.ts";

/** What a number counts: seconds where its units are those of Go's durations, else anything with a quantity's suffixes. */
export type Counts = "seconds" | "amount";

/** Largest first: a time is told in the largest unit in which it is whole. */
const ofTime: readonly (readonly [unit: string, seconds: number])[] = [
  ["h", 3600],
  ["m", 60],
  ["s", 1],
  ["ms", 0.001],
];

const ofAmount: ReadonlyMap<string, number> = new Map([
  ["m", 0.001],
  ["", 1],
  ["k", 1e3],
  ["M", 1e6],
  ["G", 1e9],
  ["T", 1e12],
  ["Ki", 2 ** 10],
  ["Mi", 2 ** 20],
  ["Gi", 2 ** 30],
  ["Ti", 2 ** 40],
]);

/**
 * Another number in the unit in which one was written: `500m`, `80%`, `4m`. A share of one is what `%` counts. Absent where
 * what was written is no number, or the new one cannot be told that way.
 */
export function respelled(written: string, value: number, counts: Counts): string | undefined {
  const [, number, unit = ""] = /^([+-]?\d+(?:\.\d+)?)([A-Za-z]*|%)$/.exec(written) ?? [];
  if (number === undefined) return counts === "seconds" && parseDuration(written) ? timeIn("h", value) : undefined;
  if (unit === "%") return withUnit(value * 100, "%");
  if (counts === "seconds" && unit !== "") return timeIn(unit, value);
  const size = ofAmount.get(unit);
  if (size === undefined) return undefined;
  return withUnit(unit === "m" ? Math.round(value / size) : value / size, unit);
}

function timeIn(unit: string, seconds: number): string | undefined {
  const from = ofTime.findIndex(([name]) => name === unit);
  if (from < 0 || seconds < 0) return undefined;
  for (const [name, size] of ofTime.slice(from)) {
    const count = seconds / size;
    if (Math.abs(count - Math.round(count)) < 1e-9) return withUnit(Math.round(count), name);
  }
  return withUnit(Math.round(seconds * 1000), "ms");
}

/** Six digits are more than anybody sets; powers of ten are not written. */
function withUnit(count: number, unit: string): string | undefined {
  const text = String(Number.isInteger(count) ? count : Number(count.toPrecision(6)));
  return /^-?\d+(?:\.\d+)?$/.test(text) ? `${text}${unit}` : undefined;
}
