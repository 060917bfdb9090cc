import {
  type Behavior,
  type Condition,
  countPods,
  type HpaSpec,
  hpaOf,
  type MetricSpec,
  type MetricTarget,
  newHpaState,
  type Reading,
  type Recommendation,
  type ScalingRules,
  syncHpa,
} from "../../../server/engine/hpa/public.ts";
import { settingsOf, valuesOf } from "./metrics.ts";
import { type Inputs, milli, now, type Op, podsOf } from "./vector.ts";

export const reconcile: Op = (inputs) => {
  const metrics = inputs["metrics"] as readonly Inputs[];
  const spec: HpaSpec = {
    minReplicas: Number(inputs["minReplicas"] ?? 1),
    maxReplicas: Number(inputs["maxReplicas"]),
    metrics: metrics.map(metricSpec),
    ...((inputs["behavior"] ?? null) !== null && { behavior: behaviorOf(inputs["behavior"] as Inputs) }),
  };
  const remembersZero = typeof inputs["scaledToZeroCondition"] === "boolean";
  const hpa = hpaOf("target", spec, {
    ...settingsOf(inputs),
    tolerance: Number(inputs["controllerTolerance"]),
    downscaleStabilizationSeconds: Number(inputs["downscaleStabilizationSeconds"]),
    configurableTolerance: inputs["configurableTolerance"] !== false,
    // A vector without the condition is one of a controller that knows none.
    wakesFromZero: remembersZero ? "condition" : "metrics",
  });
  const observation = {
    now,
    specReplicas: Number(inputs["specReplicas"]),
    statusReplicas: Number(inputs["statusReplicas"]),
    readings: metrics.map(readingOf),
  };
  const { replicas, conditions } = syncHpa(hpa, observation, {
    ...newHpaState,
    recommendations: recommendationsOf(inputs["recommendations"]),
    scaledToZero: inputs["scaledToZeroCondition"] === true,
  });
  return {
    desiredReplicas: replicas,
    ableToScale: conditions.ableToScale.reason,
    scalingActive: pair(conditions.scalingActive),
    scalingLimited: pair(conditions.scalingLimited),
  };
};

function pair(condition: Condition | undefined) {
  return condition === undefined ? null : [condition.status, condition.reason];
}

export function recommendationsOf(log: unknown): readonly Recommendation[] | undefined {
  if (log === null || log === undefined) return undefined;
  return (log as readonly Inputs[]).map(({ value, ageSeconds }) => ({
    replicas: Number(value),
    at: now - Number(ageSeconds),
  }));
}

function behaviorOf({ scaleUp, scaleDown }: Inputs): Behavior {
  const up = rulesOf(scaleUp);
  const down = rulesOf(scaleDown);
  return { ...(up && { scaleUp: up }), ...(down && { scaleDown: down }) };
}

/** In vectors `null` is absent. */
export function rulesOf(rules: unknown): ScalingRules | undefined {
  if (rules === null || rules === undefined) return undefined;
  return Object.fromEntries(Object.entries(rules as Inputs).filter(([, value]) => value !== null)) as ScalingRules;
}

function metricSpec(inputs: Inputs): MetricSpec {
  const metric = { name: "metric" };
  const target = targetOf(inputs);
  const name = String(inputs["resource"]);
  switch (inputs["type"]) {
    case "Resource":
      return { type: "Resource", resource: { name, target } };
    case "ContainerResource":
      return { type: "ContainerResource", containerResource: { name, container: "container", target } };
    case "Pods":
      return { type: "Pods", pods: { metric, target } };
    case "Object":
      return { type: "Object", object: { metric, describedObject: { kind: "Service", name: "object" }, target } };
    case "External":
      return { type: "External", external: { metric, target } };
    default:
      return { type: inputs["type"] } as unknown as MetricSpec;
  }
}

function targetOf(inputs: Inputs): MetricTarget {
  if (typeof inputs["targetUtilization"] === "number")
    return { type: "Utilization", averageUtilization: inputs["targetUtilization"] };
  if (inputs["targetType"] === "Value") return { type: "Value", value: milli(inputs["targetMilli"]) };
  return { type: "AverageValue", averageValue: milli(inputs["targetMilli"]) };
}

function readingOf(inputs: Inputs): Reading {
  if (inputs["unavailable"] === true) return { kind: "none", error: "unavailable" };
  if (inputs["valuesMilli"] === undefined) return { kind: "pods", pods: podsOf(inputs) };
  return { kind: "series", values: valuesOf(inputs), pods: countPods(podsOf(inputs)) };
}
