import type { Zone, ZoneOffset } from "../engine/keda/cron/zone.ts";

const [day, longest] = [86_400, 400];

/** The offsets of a zone from a moment on, for so many seconds; undefined: there is no such zone. */
export function zoneOf(name: string, from: number, lasts: number): Zone | undefined {
  const offsetAt = offsetsOf(name);
  if (offsetAt === undefined) return undefined;
  const first: ZoneOffset = { from: Number.NEGATIVE_INFINITY, seconds: offsetAt(from) };
  const offsets: [ZoneOffset, ...ZoneOffset[]] = [first];
  // A window may open on a day after the end.
  const days = Math.min(longest, Math.ceil(lasts / day) + 8);
  for (let n = 0; n < days; n++) {
    const [low, high] = [from + n * day, from + (n + 1) * day];
    if (offsetAt(high) !== offsets.at(-1)?.seconds)
      offsets.push({ from: changeBetween(low, high, offsetAt), seconds: offsetAt(high) });
  }
  return { name, offsets };
}

/** The minute from which on the later offset holds. */
function changeBetween(low: number, high: number, offsetAt: (at: number) => number): number {
  const later = offsetAt(high);
  let [before, after] = [Math.floor(low / 60), Math.floor(high / 60)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle * 60) === later) after = middle;
    else before = middle;
  }
  return after * 60;
}

/** Seconds east of UTC, by the table of zones that every JavaScript has. */
function offsetsOf(timeZone: string): ((at: number) => number) | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" },
    });
    return (at) => {
      const parts = new Map(format.formatToParts(at * 1000).map(({ type, value }) => [type, Number(value)]));
      const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
      const local = Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"), of("second"));
      return Math.round(local / 1000 - at);
    };
  } catch {
    return undefined;
  }
}
