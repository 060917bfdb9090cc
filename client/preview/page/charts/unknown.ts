import type { Line } from "../../../../server/forecast/picture.ts";
import type { ChartModel } from "./model.ts";

export type Stretch = readonly [from: number, to: number];

/** Where nothing of a chart is known. A column tells of the stretch that ends there, so the first one has no width. */
export function unknownStretches(at: readonly number[], lines: readonly Line[]): Stretch[] {
  const found: [number, number][] = [];
  if (lines.length === 0) return found;
  for (let column = 1; column < at.length; column++) {
    if (lines.some((line) => (line[column] ?? null) !== null)) continue;
    const [from, to] = [at[column - 1] as number, at[column] as number];
    const last = found.at(-1);
    if (last !== undefined && last[1] === from) last[1] = to;
    else found.push([from, to]);
  }
  return found;
}

export function unknownOf(model: ChartModel, at: readonly number[]): Stretch[] {
  return unknownStretches(
    at,
    [...model.lines, ...model.layers].map(({ values }) => values),
  );
}
