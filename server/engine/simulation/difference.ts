import type { LogEntry } from "./log.ts";
import type { Run } from "./simulation.ts";
import type { Timeline } from "./timeline.ts";

/** What came out differently in two runs of the same seed. */
export interface Difference {
  /** Seconds from which on the timelines part. */
  readonly since: number;
  readonly figures: readonly { readonly name: string; readonly before: number; readonly after: number }[];
  /** Changes of replicas that only one of them made. */
  readonly changesBefore: readonly LogEntry[];
  readonly changesAfter: readonly LogEntry[];
}

/** Undefined: no difference at all. */
export function differenceOf(before: Run, after: Run): Difference | undefined {
  const figures = figuresOf(before).flatMap(([name, value], index) => {
    const other = figuresOf(after)[index]?.[1] ?? Number.NaN;
    return Object.is(value, other) ? [] : [{ name, before: value, after: other }];
  });
  const since = parting(before.timeline, after.timeline);
  const [changesBefore, changesAfter] = [onlyIn(before, after), onlyIn(after, before)];
  if (figures.length === 0 && since === undefined && changesBefore.length + changesAfter.length === 0) return undefined;
  const first = [...changesBefore, ...changesAfter].reduce(
    (least, { at }) => Math.min(least, at),
    Number.POSITIVE_INFINITY,
  );
  return { since: Math.min(since ?? Number.POSITIVE_INFINITY, first), figures, changesBefore, changesAfter };
}

function figuresOf({ summary }: Run): readonly (readonly [string, number])[] {
  const flat = (value: unknown, name: string): readonly (readonly [string, number])[] => {
    if (typeof value === "number") return [[name, value]];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => flat(inner, name === "" ? key : `${name}.${key}`));
  };
  return flat(summary, "");
}

/** The first moment at which any line differs. */
function parting(before: Timeline, after: Timeline): number | undefined {
  const [a, b] = [linesOf(before), linesOf(after)];
  let first = Number.POSITIVE_INFINITY;
  for (const [name, line] of a) {
    const other = b.get(name);
    for (let column = 0; column < line.length; column++) {
      if (Object.is(line[column], other?.[column])) continue;
      first = Math.min(first, before.at[column] as number);
      break;
    }
  }
  return Number.isFinite(first) ? first : undefined;
}

function linesOf({ every: _, variants, signals, ...lines }: Timeline): Map<string, ArrayLike<number>> {
  const all = new Map<string, ArrayLike<number>>(Object.entries(lines));
  for (const [signal, line] of signals) all.set(`signal ${signal}`, line);
  for (const [variant, own] of variants)
    for (const [name, line] of Object.entries(own) as [string, ArrayLike<number>][])
      all.set(`${variant} ${name}`, line);
  return all;
}

function onlyIn(run: Run, other: Run): readonly LogEntry[] {
  const told = new Set(other.log.filter(isChange).map(keyOf));
  return run.log.filter((entry) => isChange(entry) && !told.has(keyOf(entry)));
}

function isChange({ outcome, decision }: LogEntry): boolean {
  return outcome === "changed" && decision.controller !== "wva";
}

function keyOf({ at, decision }: LogEntry): string {
  return `${at} ${decision.controller} ${decision.subject} ${decision.from} ${decision.to}`;
}
