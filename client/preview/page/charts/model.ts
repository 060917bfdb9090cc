import type { Line, Picture, Threshold } from "../../../../server/forecast/picture.ts";
import type { Unit } from "../words.ts";

/** Colours by name; the theme says which they are. */
export type Tone = "blue" | "green" | "orange" | "red" | "purple" | "yellow" | "grey";

/** How a line or a layer is told from another one without its colour. */
export type Stroke = "solid" | "dashed" | "dotted";
export type Fill = "plain" | "upright" | "level" | "dots";

export interface ChartLine {
  readonly name: string;
  readonly values: Line;
  readonly tone: Tone;
  readonly stroke: Stroke;
}

export interface ChartLayer {
  readonly name: string;
  readonly values: Line;
  readonly tone: Tone;
  readonly fill: Fill;
}

/** What a chart draws, before anybody knows how. */
export interface ChartModel {
  readonly id: string;
  readonly title: string;
  readonly unit: Unit;
  /** The lowest first. */
  readonly layers: readonly ChartLayer[];
  readonly lines: readonly ChartLine[];
  /** The same of the side that is compared with, on this clock. The first belongs to the first line. */
  readonly others: readonly ChartLine[];
  readonly isStepped: boolean;
  /** Where the scale ends, whatever the values are. */
  readonly most?: number;
  readonly limit?: { readonly name: string; readonly value: number };
  readonly thresholds: readonly Threshold[];
  /** Stretches outside of the objectives are shaded. */
  readonly isJudged: boolean;
}

/** Sums of layers, each with all that is below it. A column that one layer does not know is unknown from there up. */
export function stacked(layers: readonly { readonly values: Line }[]): Line[] {
  let below: Line | undefined;
  return layers.map(({ values }) => {
    const beneath = below;
    const sum = values.map((value, column) => {
      const under = beneath === undefined ? 0 : (beneath[column] ?? null);
      return value === null || under === null ? null : value + under;
    });
    below = sum;
    return sum;
  });
}

/** A line of another clock, as it stood at the moments of this one. */
export function onClock(at: readonly number[], otherAt: readonly number[], values: Line): Line {
  let column = -1;
  return at.map((moment) => {
    while (column + 1 < otherAt.length && (otherAt[column + 1] as number) <= moment) column += 1;
    const isPast = column === otherAt.length - 1 && moment > (otherAt[column] as number);
    return isPast ? null : (values[column] ?? null);
  });
}

/** The columns at or around a moment: the nearest one. */
export function columnAt(at: readonly number[], moment: number): number {
  let [low, high] = [0, at.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((at[middle] as number) <= moment) low = middle;
    else high = middle;
  }
  return moment - (at[low] ?? 0) <= (at[high] ?? 0) - moment ? Math.max(low, 0) : Math.max(high, 0);
}

export type Timeline = Picture["timeline"];
