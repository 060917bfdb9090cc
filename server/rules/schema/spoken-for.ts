import type { StackObject } from "../../kinds/stack-object.ts";
import { stepsOf } from "../../schemas/place.ts";
import type { SchemaProblem } from "../../schemas/problem.ts";
import { itemsAt, stringAt } from "../../text/read.ts";
import { namedItsMetric } from "../keda/named-scalers.ts";
import { formsIn } from "../pool/to-v1.ts";
import { patternOf } from "./pointers.ts";

/** A mistake that another rule explains better than a schema can. */
interface SpokenFor {
  readonly by: string;
  readonly schema: string;
  readonly problem: SchemaProblem["type"];
  /** Keys from the root; `*` is any one key or item, `**` any number of them. */
  readonly at: string;
  /** Holds in some objects only. */
  readonly where?: (object: StackObject, pointer: string) => boolean;
}

const behaviorRange = {
  by: "hpa/behavior-range",
  schema: "horizontal-pod-autoscaler",
  problem: "wrong-value" as const,
};
const metricType = { by: "hpa/metric-type", schema: "horizontal-pod-autoscaler" };

const flatPool = {
  by: "pool/mixed-form",
  schema: "inference-pool",
  where: (object: StackObject) => formsIn(object).old.length > 0,
};
const flatSelector = {
  ...flatPool,
  where: (object: StackObject) => formsIn(object).old.some(({ text }) => text === "selector"),
};
const newPool = {
  by: "pool/mixed-form",
  schema: "inference-pool-v1alpha2",
  where: (object: StackObject) => formsIn(object).current.length > 0,
};

const table: readonly SpokenFor[] = [
  {
    by: "keda/metric-type-in-metadata",
    schema: "scaled-object",
    problem: "unknown-key",
    at: "/spec/triggers/*/metadata/metricType",
  },
  {
    by: "keda/old-metric-name",
    schema: "scaled-object",
    problem: "unknown-key",
    at: "/spec/triggers/*/metadata/metricName",
    where: ({ root }, pointer) => {
      const [, , index] = stepsOf(pointer);
      const trigger = itemsAt(root, "spec", "triggers")[Number(index)];
      return namedItsMetric(stringAt(trigger, "type")?.value ?? "");
    },
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
  ...["targetPortNumber", "extensionRef"].map((key) => ({
    ...flatPool,
    problem: "deprecated-key" as const,
    at: `/spec/${key}`,
  })),
  { ...flatPool, problem: "missing-key", at: "/spec" },
  { ...flatSelector, problem: "missing-key", at: "/spec/selector" },
  { ...flatSelector, problem: "unknown-key", at: "/spec/selector/*" },
  ...(["unknown-key", "wrong-type", "missing-key", "wrong-value"] as const).flatMap((problem) =>
    ["/spec", "/spec/targetPorts", "/spec/endpointPickerRef", "/spec/selector/matchLabels"].map((at) => ({
      ...newPool,
      problem,
      at,
    })),
  ),
  { ...newPool, problem: "other-version", at: "" },
];

/** By the schema: most kinds have none. */
const entries = new Map<string, { readonly entry: SpokenFor; readonly pattern: RegExp }[]>();
for (const entry of table) {
  const known = entries.get(entry.schema) ?? [];
  known.push({ entry, pattern: patternOf(entry.at) });
  entries.set(entry.schema, known);
}

/** Whether a rule of its own speaks of this problem, so that the schema rules keep silent. */
export function isSpokenFor(object: StackObject, { type, pointer }: SchemaProblem): boolean {
  const known = entries.get(object.kind.schema ?? "");
  return (
    known?.some(
      ({ entry, pattern }) =>
        entry.problem === type && pattern.test(pointer) && entry.where?.(object, pointer) !== false,
    ) ?? false
  );
}

/** The rules that the table names, for a test that they exist. */
export const speakers: readonly string[] = table.map(({ by }) => by);
