import type { Line } from "../../../../server/forecast/picture.ts";
import { clock, span, tell, type Unit } from "../words.ts";
import type { ChartModel } from "./model.ts";
import { unknownOf } from "./unknown.ts";

/** A chart in sentences, for those who do not see it. */
export function toldOf(model: ChartModel, at: readonly number[]): string {
  const lines = [...model.lines, ...model.layers].map(
    ({ name, values }) => `${name} ${course(values, at, model.unit)}`,
  );
  const unknown = unknownOf(model, at).reduce((sum, [from, to]) => sum + to - from, 0);
  const limit = model.limit === undefined ? [] : [`${model.limit.name} ${tell(model.limit.value, model.unit)}`];
  const thresholds = model.thresholds.map(({ name, of, value }) => `${name} of ${of} ${tell(value, model.unit)}`);
  const sentences = [
    `${model.title}: ${lines.join("; ")}.`,
    ...(limit.length + thresholds.length > 0 ? [`Lines: ${[...limit, ...thresholds].join("; ")}.`] : []),
    ...(unknown > 0 ? [`Unknown for ${span(unknown)}.`] : []),
  ];
  return sentences.join(" ");
}

function course(values: Line, at: readonly number[], unit: Unit): string {
  let [least, most] = [-1, -1];
  values.forEach((value, column) => {
    if (value === null) return;
    if (least < 0 || value < (values[least] as number)) least = column;
    if (most < 0 || value > (values[most] as number)) most = column;
  });
  if (least < 0) return "unknown throughout";
  const told = (column: number) => tell(values[column] ?? null, unit);
  if (told(least) === told(most)) return `${told(least)} throughout`;
  const when = (column: number) => clock(at[column] ?? 0);
  return `from ${told(least)} at ${when(least)} to ${told(most)} at ${when(most)}`;
}
