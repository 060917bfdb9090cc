import type { ScalingEntry } from "../engine/wva/config/entry.ts";
import type { SaturationEntry } from "../kinds/wva/saturation.ts";
import { thresholdKeys } from "../kinds/wva/saturation.ts";
import { at, numberAt, type Placed, stringAt } from "../text/read.ts";

const numericKeys = [...thresholdKeys, "scaleUpThreshold", "scaleDownBoundary"] as const;
export type NumericKey = (typeof numericKeys)[number];

/** What the engine is asked with, and where each number stands. */
export interface EntryNumbers {
  readonly entry: ScalingEntry;
  readonly placed: Partial<Record<NumericKey, Placed<number>>>;
}

/** The numbers of an entry; absent where one is filled in later, or where a list of analyzers has its own. */
export function numbersOf({ root }: SaturationEntry): EntryNumbers | undefined {
  if (at(root, "analyzers") !== undefined) return undefined;
  const placed: Partial<Record<NumericKey, Placed<number>>> = {};
  for (const key of numericKeys) {
    const value = numberAt(root, key);
    if (value !== undefined) placed[key] = value;
    else if (at(root, key) !== undefined) return undefined;
  }
  const analyzer = stringAt(root, "analyzerName");
  if (analyzer === undefined && at(root, "analyzerName") !== undefined) return undefined;
  const numbers = Object.fromEntries(Object.entries(placed).map(([key, { value }]) => [key, value]));
  return { entry: { ...numbers, ...(analyzer !== undefined && { analyzerName: analyzer.value }) }, placed };
}
