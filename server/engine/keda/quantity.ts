import type { Milli } from "../hpa/milli.ts";

/** Source: apimachinery pkg/api/resource/suffix.go. */
const suffixes: ReadonlyMap<string, number> = new Map([
  ["n", 1e-9],
  ["u", 1e-6],
  ["m", 1e-3],
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

/** `500m` or `2Gi`, as the target of a cpu or memory trigger; rounded up to a thousandth, as quantities are. */
export function quantityInMilli(text: string): Milli | undefined {
  const [, digits = "", suffix = ""] = /^\+?([0-9]{1,15}(?:\.[0-9]{0,9})?)([a-zA-Z]{0,2})$/.exec(text) ?? [];
  const factor = suffixes.get(suffix);
  if (digits === "" || factor === undefined) return undefined;
  const [integer = "", fraction = ""] = digits.split(".");
  const nanos = BigInt(integer + fraction.padEnd(9, "0"));
  const scaled = factor >= 1 ? nanos * BigInt(factor) : nanos / BigInt(Math.round(1 / factor));
  const milli = (scaled + 999_999n) / 1_000_000n;
  return milli <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(milli) : milli;
}

/** What Go's ParseFloat reads of the numbers that people write. */
export function floatOf(text: string | undefined): number | undefined {
  if (
    text === undefined ||
    !/^[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,3})?$/.test(text)
  ) {
    return undefined;
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
