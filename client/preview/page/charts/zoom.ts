import type { Stretch } from "./unknown.ts";

/** A part of the clock half as long, around a moment. */
export function closer([from, to]: Stretch, around: number, least: number): Stretch {
  const length = Math.max(least, (to - from) / 2);
  return within([around - length / 2, around + length / 2], [from, to]);
}

/** A part of the clock twice as long; undefined: all of it. */
export function wider([from, to]: Stretch, all: Stretch): Stretch | undefined {
  const length = (to - from) * 2;
  if (length >= all[1] - all[0]) return undefined;
  return within([(from + to) / 2 - length / 2, (from + to) / 2 + length / 2], all);
}

/** Moved by a share of its length. */
export function moved([from, to]: Stretch, by: number, all: Stretch): Stretch {
  const shift = (to - from) * by;
  return within([from + shift, to + shift], all);
}

/** As it is, or pushed back inside. */
export function within([from, to]: Stretch, all: Stretch): Stretch {
  const length = Math.min(to - from, all[1] - all[0]);
  const start = Math.min(Math.max(from, all[0]), all[1] - length);
  return [start, start + length];
}
