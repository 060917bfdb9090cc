import { type Seconds, seconds } from "../../units.ts";

/** Go's units (time.ParseDuration), in seconds. */
const unitSeconds: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-9],
  ["us", 1e-6],
  ["µs", 1e-6],
  ["μs", 1e-6],
  ["ms", 1e-3],
  ["s", 1],
  ["m", 60],
  ["h", 3600],
]);

/** Go holds a duration in 63 bits of nanoseconds. */
const longest = 2 ** 63 / 1e9;

const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;

/** A duration as Go reads it: `10m`, `1h30m`, `-1.5s`, `0`. Undefined where Go reports an error: a number needs a unit. */
export function goDuration(text: string): Seconds | undefined {
  const signed = text.startsWith("-") || text.startsWith("+");
  const body = signed ? text.slice(1) : text;
  if (body === "0") return seconds(0);
  if (body === "") return undefined;
  let total = 0;
  part.lastIndex = 0;
  for (let end = 0; end < body.length; end = part.lastIndex) {
    const [, number, unit] = part.exec(body) ?? [];
    if (number === undefined || unit === undefined) return undefined;
    total += Number(number) * (unitSeconds.get(unit) ?? 0);
  }
  if (total >= longest) return undefined;
  return seconds(text.startsWith("-") ? -total : total);
}
