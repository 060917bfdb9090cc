import type { Unknown } from "../../../../server/forecast/picture.ts";
import type { ChartModel } from "./model.ts";
import { stacked } from "./model.ts";

export interface Scale {
  readonly least: number;
  readonly most: number;
  /** Powers of ten: an objective of 2 s and a queue of 400 s would not be seen on one line. */
  readonly isLogarithmic: boolean;
}

/** A breach that is this many times the objective would press the objective onto the axis. */
const pressed = 12;

export function scaleOf(model: ChartModel): Scale {
  const values = [...model.lines, ...model.others].flatMap(({ values }) => values.filter(isKnown));
  const top = stacked(model.layers).at(-1)?.filter(isKnown) ?? [];
  const marks = [
    ...model.thresholds.map(({ value }) => value),
    ...(model.limit === undefined ? [] : [model.limit.value]),
  ];
  const most = largest([...values, ...top]);
  const positive = smallest(values.filter((value) => value > 0));
  if (model.limit !== undefined && model.limit.value > 0 && most > pressed * model.limit.value && positive > 0)
    return {
      least: 10 ** Math.floor(Math.log10(Math.min(positive, model.limit.value))),
      most: 10 ** Math.ceil(Math.log10(most)),
      isLogarithmic: true,
    };
  const end = largest([most, ...marks, model.most ?? 0]);
  if (model.most !== undefined && end <= model.most) return { least: 0, most: model.most, isLogarithmic: false };
  return { least: Math.min(0, smallest([0, ...values])), most: rounded(end * 1.08), isLogarithmic: false };
}

/** The next number of the kind people put on an axis. */
export function rounded(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((one) => value <= one * power * (1 + 1e-9)) ?? 10;
  return Number((step * power).toPrecision(12));
}

/** Powers of ten between two numbers. */
export function powers(least: number, most: number): number[] {
  const from = Math.ceil(Math.log10(least) - 1e-9);
  const to = Math.floor(Math.log10(most) + 1e-9);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, step) => Number((10 ** (from + step)).toPrecision(12)));
}

/** Steps of a clock that people read at a glance, in seconds. */
export const clockSteps = [
  1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800, 604_800,
];

/** `0:15`, `0:15:30`, or days and hours, by how far the marks of a clock are from each other. */
export function clockMark(at: number, step: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(at / 3600), Math.floor(at / 60) % 60, Math.round(at) % 60];
  if (step >= 86_400) return `day ${Math.floor(at / 86_400) + 1}`;
  if (step < 60) return `${hours}:${two(minutes)}:${two(seconds)}`;
  return hours >= 48 ? `d${Math.floor(hours / 24) + 1} ${two(hours % 24)}:${two(minutes)}` : `${hours}:${two(minutes)}`;
}

/** Without spreading: a week has more columns than a call takes arguments. */
function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function smallest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

function isKnown(value: Unknown): value is number {
  return value !== null;
}
