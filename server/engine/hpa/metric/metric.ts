import type { UnreadReason } from "../conditions.ts";
import type { Milli } from "../milli.ts";
import type { MetricSpec, MetricTarget } from "../spec.ts";
import { type Unread, unreadBecause } from "./proposal.ts";

/** A metric of the spec, looked at once: by which law it is computed, and what it is called. */
export interface Metric {
  readonly law: Law;
  /** In words: `queue_depth`, `cpu of container app`. */
  readonly name: string;
  readonly target: Milli;
  /** The field of `target` that counts. */
  readonly targetField: "value" | "averageValue" | "averageUtilization";
  /** The resource, for laws about pods; empty for a Pods metric. */
  readonly resource: string;
  readonly failure: UnreadReason;
  /** Why it can never be computed, when it cannot. */
  readonly invalid: Unread | undefined;
  /** Object and External metrics can tell whether a target at zero is needed again. */
  readonly seesWithoutPods: boolean;
}

export type Law = "utilization" | "podsAverage" | "objectValue" | "objectAverage" | "externalValue" | "externalAverage";

export function metricOf(spec: MetricSpec): Metric {
  switch (spec.type) {
    case "Resource":
      return resourceMetric(spec.resource.name, spec.resource.name, spec.resource.target, "FailedGetResourceMetric");
    case "ContainerResource": {
      const { name, container, target } = spec.containerResource;
      return resourceMetric(`${name} of container ${container}`, name, target, "FailedGetContainerResourceMetric");
    }
    case "Pods": {
      const { metric, target } = spec.pods;
      const invalid =
        target.averageValue === undefined
          ? { error: "invalid pods metric source: no average value target was set" }
          : undefined;
      return {
        ...blank,
        ...average(target),
        law: "podsAverage",
        name: metric.name,
        failure: "FailedGetPodsMetric",
        invalid,
      };
    }
    case "Object":
      return objectMetric(
        `${spec.object.metric.name} of ${spec.object.describedObject.kind} ${spec.object.describedObject.name}`,
        spec.object.target,
      );
    case "External":
      return externalMetric(spec.external.metric.name, spec.external.target);
    default:
      return { ...blank, ...unknownType(spec), failure: "InvalidMetricSourceType" };
  }
}

const blank = {
  law: "externalAverage",
  target: 0,
  targetField: "averageValue",
  resource: "",
  invalid: undefined,
  seesWithoutPods: false,
} as const;

function unknownType(spec: never) {
  const type = String((spec as { readonly type?: unknown }).type);
  return { name: `metric of type ${type}`, invalid: { error: `unknown metric source type "${type}"` } };
}

/** horizontal.go computeStatusForResourceMetricGeneric: averageValue is looked at first, whatever target.type says. */
function resourceMetric(name: string, resource: string, target: MetricTarget, failure: UnreadReason): Metric {
  const base = { ...blank, name, resource, failure };
  if (target.averageValue !== undefined) return { ...base, ...average(target), law: "podsAverage" };
  if (target.averageUtilization === undefined) return { ...base, invalid: unreadBecause.noResourceTarget };
  return { ...base, law: "utilization", target: target.averageUtilization, targetField: "averageUtilization" };
}

/** computeStatusForObjectMetric: the one kind that goes by target.type, and needs the field of that name. */
function objectMetric(name: string, target: MetricTarget): Metric {
  const base = { ...blank, name, failure: "FailedGetObjectMetric", seesWithoutPods: true } as const;
  if (target.type === "Value" && target.value !== undefined)
    return { ...base, law: "objectValue", target: target.value, targetField: "value" };
  if (target.type === "AverageValue" && target.averageValue !== undefined)
    return { ...base, ...average(target), law: "objectAverage" };
  return { ...base, invalid: unreadBecause.noObjectTarget };
}

/** computeStatusForExternalMetric: averageValue first. */
function externalMetric(name: string, target: MetricTarget): Metric {
  const base = { ...blank, name, failure: "FailedGetExternalMetric", seesWithoutPods: true } as const;
  if (target.averageValue !== undefined) return { ...base, ...average(target), law: "externalAverage" };
  if (target.value !== undefined) return { ...base, law: "externalValue", target: target.value, targetField: "value" };
  return { ...base, invalid: unreadBecause.noExternalTarget };
}

function average({ averageValue = 0 }: MetricTarget) {
  return { target: averageValue, targetField: "averageValue" } as const;
}
