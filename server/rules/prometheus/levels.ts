import type { WrittenQuery } from "../../kinds/promql/queries.ts";
import type { Series, Step } from "../../kinds/promql/selections.ts";
import type { Span } from "../../text/node.ts";
import { numberAt } from "../../text/read.ts";
import { placeOf } from "./queries.ts";

/** A number that series are held against: by a comparison in the query, or by the threshold of a trigger. */
export interface Bound {
  readonly operator: string;
  readonly value: number;
  readonly at: Span;
}

const comparisons = new Set([">", "<", ">=", "<=", "==", "!="]);

export type Operation = Extract<Step, { type: "operation" }>;

export function isComparison(step: Step): step is Operation {
  return step.type === "operation" && comparisons.has(step.operator);
}

/** The number that series are compared with when each step before it passes; absent when there is none. */
export function boundOf(query: WrittenQuery, series: Series, passes: (step: Step) => boolean): Bound | undefined {
  for (const step of series.steps) {
    if (isComparison(step)) {
      if (step.number === undefined) return undefined;
      return { operator: step.operator, value: step.number, at: placeOf(query, step.other) ?? query.node };
    }
    if (!passes(step)) return undefined;
  }
  if (query.role !== "trigger") return undefined;
  const threshold = numberAt(query.holder, "metadata", "threshold");
  return threshold === undefined ? undefined : { operator: ">", value: threshold.value, at: threshold.node };
}

const choosing = new Set(["avg", "max", "min", "quantile", "topk", "bottomk"]);
const smoothing = new Set(["avg_over_time", "max_over_time", "min_over_time", "last_over_time", "quantile_over_time"]);

/** Whether values stay between the least and the most that they were between. */
export function keepsRange(step: Step): boolean {
  if (step.type === "operation") return false;
  return step.type === "aggregation" ? choosing.has(step.name) : smoothing.has(step.name);
}
