const blocks = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/** A line of so many columns, each the greatest of its stretch; `·` where nothing is known. */
export function sparkline(values: ArrayLike<number>, width: number): string {
  const columns = Math.min(width, values.length);
  const peaks = Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * values.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * values.length) / columns));
    let peak = Number.NaN;
    for (let n = from; n < to; n++) {
      const value = values[n] as number;
      if (Number.isFinite(value) && !(value <= peak)) peak = value;
    }
    return peak;
  });
  const most = peaks.reduce((top, peak) => (peak > top ? peak : top), 0);
  return peaks
    .map((peak) => (Number.isNaN(peak) ? "·" : blocks[most > 0 ? Math.round((Math.max(0, peak) / most) * 7) : 0]))
    .join("");
}

/** Least and most of what is known. */
export function rangeOf(values: ArrayLike<number>): readonly [number, number] | undefined {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let n = 0; n < values.length; n++) {
    const value = values[n] as number;
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most < least ? undefined : [least, most];
}
