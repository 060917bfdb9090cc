import type { SchemaProblem } from "../../schemas/problem.ts";
import { patternOf } from "./pointers.ts";

/** A mistake that another rule explains better than a schema can. */
interface SpokenFor {
  readonly by: string;
  readonly schema: string;
  readonly problem: SchemaProblem["type"];
  /** Keys from the root; `*` is any one key or item, `**` any number of them. */
  readonly at: string;
}

const behaviorRange = {
  by: "hpa/behavior-range",
  schema: "horizontal-pod-autoscaler",
  problem: "wrong-value" as const,
};
const metricType = { by: "hpa/metric-type", schema: "horizontal-pod-autoscaler" };

const table: readonly SpokenFor[] = [
  {
    by: "keda/metric-type-in-metadata",
    schema: "scaled-object",
    problem: "unknown-key",
    at: "/spec/triggers/*/metadata/metricType",
  },
  ...["stabilizationWindowSeconds", "policies/*/value", "policies/*/periodSeconds"].map((place) => ({
    ...behaviorRange,
    at: `/spec/behavior/*/${place}`,
  })),
  ...["/spec/metrics/*", "/spec/metrics/*/*/target"].map((at) => ({
    ...metricType,
    problem: "missing-key" as const,
    at,
  })),
  ...["external", "object", "pods", "resource", "containerResource"].map((body) => ({
    ...metricType,
    problem: "unknown-key" as const,
    at: `/spec/metrics/*/${body}`,
  })),
  {
    by: "epp/saturation-detector",
    schema: "endpoint-picker-config",
    problem: "deprecated-key",
    at: "/saturationDetector",
  },
  ...(["other-version", "deprecated-key"] as const).map((problem) => ({
    by: "epp/saturation-detector",
    schema: "endpoint-picker-config",
    problem,
    at: "/saturationDetector/*",
  })),
  {
    by: "epp/kv-threshold",
    schema: "endpoint-picker-config",
    problem: "wrong-value",
    at: "/plugins/*/parameters/kvCacheUtilThreshold",
  },
  ...["inferenceExtension", "inferencePool", "inferenceObjectives", "experimentalHttpRoute"].map((key) => ({
    by: "values/moved-keys",
    schema: "router-values",
    problem: "deprecated-key" as const,
    at: `/${key}`,
  })),
];

const entries = table.map((entry) => ({ ...entry, pattern: patternOf(entry.at) }));

/** Whether a rule of its own speaks of this problem, so that the schema rules keep silent. */
export function isSpokenFor(schema: string | undefined, { type, pointer }: SchemaProblem): boolean {
  return entries.some((entry) => entry.schema === schema && entry.problem === type && entry.pattern.test(pointer));
}

/** The rules that the table names, for a test that they exist. */
export const speakers: readonly string[] = table.map(({ by }) => by);
