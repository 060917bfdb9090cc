/**
 * A time zone as its offsets. The engine has no clock and no table of zones: who asks about "Europe/Berlin" hands in what it knows
 * of the time in question. `from` is the moment (seconds since 1970, UTC) from which on an offset holds; the first holds for ever
 * before. Offsets are seconds east of UTC and ascend by `from`.
 */
export interface Zone {
  readonly name: string;
  readonly offsets: readonly [ZoneOffset, ...ZoneOffset[]];
}

export interface ZoneOffset {
  readonly from: number;
  readonly seconds: number;
}

export const utc: Zone = { name: "UTC", offsets: [{ from: Number.NEGATIVE_INFINITY, seconds: 0 }] };

/** A zone that never changes its clocks. */
export function fixedZone(name: string, secondsEast: number): Zone {
  return { name, offsets: [{ from: Number.NEGATIVE_INFINITY, seconds: secondsEast }] };
}

export interface ZoneSpan {
  readonly offset: number;
  /** The first moment after the span, in seconds since 1970 UTC. */
  readonly until: number;
}

/** The spans of one offset each, from the one that holds at this moment on. */
export function spansFrom({ offsets }: Zone, seconds: number): readonly ZoneSpan[] {
  const spans = offsets.map(({ seconds: offset }, index) => ({
    offset,
    until: offsets[index + 1]?.from ?? Number.POSITIVE_INFINITY,
  }));
  return spans.filter(({ until }) => until > seconds);
}
