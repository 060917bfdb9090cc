/** A length of time as Go writes it: `90s`, `1h30m`. */
export interface Duration {
  readonly seconds: number;
}

/** Longer texts are refused before any arithmetic. */
const maxLength = 128;
/** Go counts nanoseconds in an int64: about 292 years. */
const maxNano = (1n << 63n) - 1n;

const nanoOf: ReadonlyMap<string, number> = new Map([
  ["ns", 1],
  ["us", 1e3],
  ["µs", 1e3], // U+00B5, micro sign
  ["μs", 1e3], // U+03BC, Greek mu
  ["ms", 1e6],
  ["s", 1e9],
  ["m", 60e9],
  ["h", 3600e9],
]);

const term = /(\d*)(?:\.(\d*))?([a-zµμ]+)/g;
const grammar = /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const zero = /^[+-]?0$/;

/** As `time.ParseDuration` of Go (src/time/format.go) reads it; `60` without a unit is not one. */
export function parseDuration(text: string): Duration | undefined {
  if (text.length > maxLength) return undefined;
  if (zero.test(text)) return { seconds: 0 };
  if (!grammar.test(text)) return undefined;
  let nano = 0n;
  for (const [, whole = "", part = "", unit = ""] of text.matchAll(term)) {
    nano += nanoOfTerm(whole, part, nanoOf.get(unit) ?? 0);
  }
  const negative = text.startsWith("-");
  if (nano > maxNano + (negative ? 1n : 0n)) return undefined;
  return { seconds: Number(`${negative && nano > 0n ? "-" : ""}${nano}e-9`) };
}

function nanoOfTerm(whole: string, part: string, unit: number): bigint {
  // Go keeps the digits of a fraction that fit an int64 and multiplies them as doubles, so we do.
  let fraction = 0n;
  let scale = 1;
  for (const digit of part) {
    const next = fraction * 10n + BigInt(digit);
    if (fraction > maxNano / 10n || next > maxNano + 1n) break;
    fraction = next;
    scale *= 10;
  }
  return BigInt(whole) * BigInt(unit) + BigInt(Math.trunc(Number(fraction) * (unit / scale)));
}

/**
 * Seconds that people write in annotations and configuration: `240s`, `4m`, `1h30m`, or plain `240`. Undefined for
 * anything else, also for a time below zero.
 */
export function parseSpan(text: string): number | undefined {
  const seconds = parseDuration(/^\d+(?:\.\d+)?$/.test(text) ? `${text}s` : text)?.seconds;
  return seconds !== undefined && seconds >= 0 ? seconds : undefined;
}

/** For humans: always in seconds, so that two times compare at a glance; at most three decimals. */
export function formatSeconds(seconds: number): string {
  return `${Number(seconds.toFixed(3))} s`;
}
