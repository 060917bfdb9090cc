import type { Group } from "./point.ts";
import { firstErrors, type Held, isBetween, outOfOrder, outputErrors, scoreOf } from "./scores.ts";

/** A limit on how wrong the engine may be, and how wrong it is. Percent, or points. */
export interface Gate {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly ok: boolean;
}

/** A gate over groups that the points do not have is left out. */
export function gatesOf(held: readonly Held[]): Gate[] {
  const of = (...groups: Group[]) => held.filter(({ point }) => groups.includes(point.group));
  const tight = of("held out", "NIM");
  const openLoop = of("open loop");
  const loose = of("mixtures", "other engines", "open loop mixtures");
  const requests = of("held out", "other engines");
  const first = of("NIM", "open loop", "open loop mixtures");
  const full = of("saturated");
  return [
    ...errorGates("an output token, dense", tight, outputErrors, 8, 20),
    ...errorGates("an output token, dense, open loop, hits assumed", openLoop, outputErrors, 16, 40),
    ...errorGates("an output token, mixtures and other engines", loose, outputErrors, 35),
    ...errorGates("the first token, open loop, hits assumed", first, firstErrors, 20),
    ...share("first tokens outside of alone and all at once, %", requests, (one) => !isBetween(one), 10),
    ...share("full replicas that do not seem full, %", full, isNotFull, 0),
    ...(held.length === 0 ? [] : [below("pairs in the wrong order", outOfOrder(held).length, 0)]),
  ];
}

function errorGates(
  name: string,
  held: readonly Held[],
  errorsOf: (held: readonly Held[]) => number[],
  median: number,
  p90 = Number.POSITIVE_INFINITY,
): Gate[] {
  if (held.length === 0) return [];
  const score = scoreOf(errorsOf(held));
  const half = below(`${name}: median error, %`, score.median, median);
  return p90 === Number.POSITIVE_INFINITY ? [half] : [half, below(`${name}: 90 of 100 errors, %`, score.p90, p90)];
}

function share(name: string, held: readonly Held[], isOff: (one: Held) => boolean, limit: number): Gate[] {
  return held.length === 0 ? [] : [below(name, (100 * held.filter(isOff).length) / held.length, limit)];
}

/** Under what was measured there, requests waited and the cache was full. */
export function isNotFull({ prediction: { waiting = 0, cacheUsage = 0 } }: Held): boolean {
  return waiting <= 0 || cacheUsage < 0.95;
}

function below(name: string, value: number, limit: number): Gate {
  return { name, value, limit, ok: value <= limit };
}
