import type { Named } from "../../decision/decision.ts";
import type { UnreadReason } from "../conditions.ts";
import { asFloat, type Milli } from "../milli.ts";
import type { MetricSpec, MetricTarget } from "../spec.ts";
import { type Unread, unreadBecause } from "./proposal.ts";

/** A metric of the spec, looked at once: by which law it is computed, and what it is called. */
export interface Metric {
  readonly law: Law;
  /** In words: `queue_depth`, `cpu of container app`. */
  readonly name: string;
  readonly target: Milli;
  /** The target under the name of its field, in whole units. */
  readonly shownTarget: Named;
  /** What is compared with it: `queue_depth per replica`. */
  readonly usageName: string;
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
    case "Resource": {
      const { name, target } = spec.resource;
      return resourceMetric({ ...blank, name, resource: name, failure: "FailedGetResourceMetric" }, target);
    }
    case "ContainerResource": {
      const { name: resource, container, target } = spec.containerResource;
      const name = `${resource} of container ${container}`;
      return resourceMetric({ ...blank, name, resource, failure: "FailedGetContainerResourceMetric" }, target);
    }
    case "Pods": {
      const { metric, target } = spec.pods;
      return podsMetric({ ...blank, name: metric.name, failure: "FailedGetPodsMetric" }, target);
    }
    case "Object": {
      const { metric, describedObject, target } = spec.object;
      const name = `${metric.name} of ${describedObject.kind} ${describedObject.name}`;
      return objectMetric({ ...blank, name, failure: "FailedGetObjectMetric", seesWithoutPods: true }, target);
    }
    case "External": {
      const { metric, target } = spec.external;
      const { name } = metric;
      return externalMetric({ ...blank, name, failure: "FailedGetExternalMetric", seesWithoutPods: true }, target);
    }
    default:
      return unknownType((spec as { readonly type?: unknown }).type);
  }
}

type Common = Pick<Metric, "name" | "resource" | "failure" | "seesWithoutPods">;
const blank = { resource: "", seesWithoutPods: false };

function ofLaw(common: Common, law: Law, target: Milli, field: string): Metric {
  const value = asFloat(target);
  const shownTarget = law === "utilization" ? { name: field, value, unit: "%" } : { name: field, value: value / 1000 };
  return { ...common, law, target, shownTarget, usageName: common.name + usageSuffix[law], invalid: undefined };
}

const usageSuffix: Readonly<Record<Law, string>> = {
  utilization: " utilization",
  podsAverage: " per pod",
  objectValue: "",
  externalValue: "",
  objectAverage: " per replica",
  externalAverage: " per replica",
};

function withoutLaw(common: Common, invalid: Unread): Metric {
  return { ...ofLaw(common, "externalAverage", 0, ""), invalid };
}

/** horizontal.go computeStatusForResourceMetricGeneric: averageValue is looked at first, whatever target.type says. */
function resourceMetric(common: Common, { averageValue, averageUtilization }: MetricTarget): Metric {
  if (averageValue !== undefined) return ofLaw(common, "podsAverage", averageValue, "averageValue");
  if (averageUtilization === undefined) return withoutLaw(common, unreadBecause.noResourceTarget);
  return ofLaw(common, "utilization", averageUtilization, "averageUtilization");
}

function podsMetric(common: Common, { averageValue }: MetricTarget): Metric {
  if (averageValue === undefined) return withoutLaw(common, unreadBecause.noPodsTarget);
  return ofLaw(common, "podsAverage", averageValue, "averageValue");
}

/** computeStatusForObjectMetric: the one kind that goes by target.type, and needs the field of that name. */
function objectMetric(common: Common, { type, value, averageValue }: MetricTarget): Metric {
  if (type === "Value" && value !== undefined) return ofLaw(common, "objectValue", value, "value");
  if (type === "AverageValue" && averageValue !== undefined)
    return ofLaw(common, "objectAverage", averageValue, "averageValue");
  return withoutLaw(common, unreadBecause.noObjectTarget);
}

/** computeStatusForExternalMetric: averageValue first. */
function externalMetric(common: Common, { value, averageValue }: MetricTarget): Metric {
  if (averageValue !== undefined) return ofLaw(common, "externalAverage", averageValue, "averageValue");
  if (value !== undefined) return ofLaw(common, "externalValue", value, "value");
  return withoutLaw(common, unreadBecause.noExternalTarget);
}

/** computeReplicasForMetric: the server lets none through. */
function unknownType(type: unknown): Metric {
  const common = { ...blank, name: `metric of type ${type}`, failure: "InvalidMetricSourceType" } as const;
  return withoutLaw(common, { error: `unknown metric source type "${type}"` });
}
