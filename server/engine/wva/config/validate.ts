import type { WvaProfile } from "../profiles.ts";
import { type AnalyzerEntry, analyzerType, type ScalingEntry, thresholdsOf, usesTokens } from "./entry.ts";
import { limiterViolations } from "./limiters.ts";

/** Why WVA refuses an entry. It logs the first and drops the entry; a person wants them all. */
export interface Violation {
  /** Where in the entry: `kvCacheThreshold`, `analyzers[0].scaleUpThreshold`. */
  readonly path: string;
  readonly value: number | string;
  /** What must hold, as a predicate of the path: "must be between 0 and 1". */
  readonly rule: string;
  /** The other setting it was compared with. */
  readonly against?: { readonly path: string; readonly value: number };
}

/** In upstream's order, without defaults filled in before: that is a step of its own. */
export function validateEntry(entry: ScalingEntry, profile: WvaProfile): Violation[] {
  if (profile === "v0.4") return thresholdViolations(entry);
  if (profile === "v0.5" || profile === "v0.5-rc")
    return [...thresholdViolations(entry), ...(entry.analyzerName === "saturation" ? tokenViolations(entry) : [])];
  return [
    ...thresholdViolations(entry, (entry.priority ?? 0) < 0 ? [atLeast("priority", entry.priority ?? 0, 0)] : []),
    ...(usesTokens(entry) ? tokenViolations(entry) : tokenViolationsIfSet(entry)),
    ...(usesTokens(entry) ? (entry.analyzers ?? []).flatMap((one, at) => analyzerViolations(one, at, entry)) : []),
    ...limiterViolations(entry.limiters ?? []),
  ];
}

/** `kvCacheThreshold must be between 0 and 1, and is 1.5` */
export function tellViolation({ path, value, rule, against }: Violation): string {
  const other = against === undefined ? "" : ` (${against.value})`;
  return `${path} ${rule}${other}, and is ${typeof value === "string" ? JSON.stringify(value) : value}`;
}

function thresholdViolations(entry: ScalingEntry, beforeRelation: readonly Violation[] = []): Violation[] {
  const { kvCacheThreshold, queueLengthThreshold, kvSpareTrigger, queueSpareTrigger } = thresholdsOf(entry);
  return [
    ...between("kvCacheThreshold", kvCacheThreshold),
    ...(queueLengthThreshold < 0 ? [atLeast("queueLengthThreshold", queueLengthThreshold, 0)] : []),
    ...between("kvSpareTrigger", kvSpareTrigger),
    ...(queueSpareTrigger < 0 ? [atLeast("queueSpareTrigger", queueSpareTrigger, 0)] : []),
    ...beforeRelation,
    ...(kvCacheThreshold < kvSpareTrigger
      ? [
          {
            path: "kvCacheThreshold",
            value: kvCacheThreshold,
            rule: "must not be below kvSpareTrigger",
            against: { path: "kvSpareTrigger", value: kvSpareTrigger },
          },
        ]
      : []),
  ];
}

function between(path: string, value: number): Violation[] {
  return value < 0 || value > 1 ? [{ path, value, rule: "must be between 0 and 1" }] : [];
}

function atLeast(path: string, value: number, least: number): Violation {
  return { path, value, rule: `must be at least ${least}` };
}

function tokenViolations(entry: ScalingEntry): Violation[] {
  const { scaleUpThreshold: up = 0, scaleDownBoundary: down = 0 } = entry;
  return [...share("scaleUpThreshold", up), ...share("scaleDownBoundary", down), ...order("", up, down)];
}

/** Main looks at the numbers of any entry, for another entry may choose the analyzer; 0 is unset. */
function tokenViolationsIfSet({ scaleUpThreshold: up = 0, scaleDownBoundary: down = 0 }: ScalingEntry): Violation[] {
  return [
    ...(up === 0 ? [] : share("scaleUpThreshold", up)),
    ...(down === 0 ? [] : share("scaleDownBoundary", down)),
    ...(up === 0 || down === 0 ? [] : order("", up, down)),
  ];
}

function analyzerViolations(analyzer: AnalyzerEntry, at: number, entry: ScalingEntry): Violation[] {
  const prefix = `analyzers[${at}].`;
  const folded = foldParameters(analyzer);
  if (folded.wrong.length > 0)
    return folded.wrong.map((path) => wrongParameter(`${prefix}parameters.${path}`, analyzer));
  const { scaleUpThreshold: up, scaleDownBoundary: down } = folded;
  return [
    ...(up === undefined ? [] : share(`${prefix}scaleUpThreshold`, up)),
    ...(down === undefined ? [] : share(`${prefix}scaleDownBoundary`, down)),
    ...order(prefix, up ?? entry.scaleUpThreshold ?? 0, down ?? entry.scaleDownBoundary ?? 0),
  ];
}

function wrongParameter(path: string, analyzer: AnalyzerEntry): Violation {
  const type = path.endsWith(".enabled") ? "true or false" : "a number";
  return { path, value: analyzerType(analyzer), rule: `of this analyzer must be ${type}` };
}

/** Well-known keys of `parameters` count unless the key itself stands beside them. */
function foldParameters(analyzer: AnalyzerEntry) {
  const parameters = new Map(Object.entries(analyzer.parameters ?? {}));
  const numbers = (["scaleUpThreshold", "scaleDownBoundary", "score"] as const).filter(
    (key) => parameters.has(key) && !analyzer[key] && typeof parameters.get(key) !== "number",
  );
  const enabled = parameters.get("enabled");
  const flag = enabled !== undefined && analyzer.enabled === undefined && typeof enabled !== "boolean";
  const number = (key: "scaleUpThreshold" | "scaleDownBoundary") => {
    const value = analyzer[key] ?? parameters.get(key);
    return typeof value === "number" ? value : undefined;
  };
  return {
    wrong: [...numbers, ...(flag ? ["enabled"] : [])],
    scaleUpThreshold: number("scaleUpThreshold"),
    scaleDownBoundary: number("scaleDownBoundary"),
  };
}

function share(path: string, value: number): Violation[] {
  return value <= 0 || value > 1 ? [{ path, value, rule: "must be above 0 and at most 1" }] : [];
}

function order(prefix: string, up: number, down: number): Violation[] {
  const against = { path: `${prefix}scaleDownBoundary`, value: down };
  if (up <= down)
    return [{ path: `${prefix}scaleUpThreshold`, value: up, rule: "must be above scaleDownBoundary", against }];
  return [];
}
