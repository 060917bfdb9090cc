import type { SchemaProblem } from "../../schemas/problem.ts";
import { patternOf } from "./pointers.ts";

/** A key that guides print and no version has, where no known key is near enough to be guessed. */
interface Slip {
  readonly schema: string;
  /** Keys from the root; `*` is any one key or item, `**` any number of them. */
  readonly at: string;
  readonly mend: string;
}

const table: readonly Slip[] = [
  {
    schema: "variant-autoscaling",
    at: "/spec/saturationThreshold",
    mend: "WVA has its thresholds in a ConfigMap of its own (wva-saturation-scaling-config): write kvCacheThreshold and queueLengthThreshold there.",
  },
];

const entries = table.map((entry) => ({ ...entry, pattern: patternOf(entry.at) }));

/** What to write in place of a key that guides have wrong. */
export function mendOfSlip(schema: string | undefined, { pointer }: SchemaProblem): string | undefined {
  return entries.find((entry) => entry.schema === schema && entry.pattern.test(pointer))?.mend;
}
