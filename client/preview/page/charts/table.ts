import { clock, tell } from "../words.ts";
import type { ChartModel } from "./model.ts";
import type { Stretch } from "./unknown.ts";

export interface Table {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many moments one row stands for. */
  readonly every: number;
}

/** More rows than this are no table that anybody reads. */
const mostRows = 400;

/** What a chart draws, in words and numbers. */
export function tableOf(model: ChartModel, at: readonly number[], [from, to]: Stretch): Table {
  const columns = [...model.lines, ...model.layers, ...model.others];
  const moments = at.flatMap((moment, column) => (moment >= from && moment <= to ? [column] : []));
  const every = Math.max(1, Math.ceil(moments.length / mostRows));
  return {
    heads: ["time", ...columns.map(({ name }) => name)],
    rows: moments
      .filter((_, row) => row % every === 0)
      .map((column) => [
        clock(at[column] ?? 0),
        ...columns.map(({ values }) => tell(values[column] ?? null, model.unit)),
      ]),
    every,
  };
}
