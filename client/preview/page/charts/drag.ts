import type { Threshold } from "../../../../server/forecast/picture.ts";

/** The number that stands in the file when a threshold is drawn at a value: a spare share is one minus a used one. */
export function writtenOf({ written }: Pick<Threshold, "written">, value: number): number {
  return written.offset + written.factor * value;
}

/** Where a number of the file is drawn. */
export function drawnOf({ written }: Pick<Threshold, "written">, number: number): number {
  return (number - written.offset) / written.factor;
}

/** The nearest number of few digits: nobody means 0.7983. */
export function snapped(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(12));
}

/** A hundredth of a chart, or what people would write instead of it: 0.01, 1, 50. Counts stay whole. */
export function stepOf(height: number, isCount: boolean): number {
  const wanted = Math.abs(height) / 100;
  const power = 10 ** Math.floor(Math.log10(wanted > 0 ? wanted : 1));
  const step = [1, 2, 5, 10].find((one) => wanted <= one * power * (1 + 1e-9)) ?? 10;
  return Math.max(Number((step * power).toPrecision(3)), isCount ? 1 : 0);
}

/** Where labels stand that would stand upon each other: moved down, and all up again where the floor is reached. */
export function spread(tops: readonly number[], size: number, floor: number): number[] {
  const order = tops.map((_, index) => index).sort((a, b) => (tops[a] as number) - (tops[b] as number));
  const placed = [...tops];
  let free = 0;
  for (const index of order) {
    placed[index] = Math.max(placed[index] as number, free);
    free = (placed[index] as number) + size;
  }
  let end = floor - size;
  for (const index of order.reverse()) {
    placed[index] = Math.max(0, Math.min(placed[index] as number, end));
    end = (placed[index] as number) - size;
  }
  return placed;
}

/** Seconds as people write a window: to five seconds under a quarter of an hour, to a minute above. */
export function snappedWindow(seconds: number, isFine = false): number {
  const step = isFine ? 1 : seconds < 900 ? 5 : 60;
  return Math.min(Math.max(0, Math.round(seconds / step) * step), mostWindow);
}

/** Kubernetes refuses longer ones: an hour (pkg/apis/autoscaling/validation, MaxStabilizationWindowSeconds). */
const mostWindow = 3600;
