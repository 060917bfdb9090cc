import type { Milli } from "../hpa/milli.ts";
import { milliOfQuantity } from "../hpa/quantity.ts";
import type { Behavior, HpaSpec, MetricSpec, MetricTarget } from "../hpa/spec.ts";
import { type Pausing, pausingOf } from "./annotations.ts";
import { floatOf } from "./float.ts";
import { metricName } from "./metric-name.ts";
import { cutMilli, toMilli } from "./milli.ts";
import {
  compositeMetric,
  kedaDefaults,
  modifiersOf,
  type ScaledObject,
  type ScaledObjectSpec,
  type ScalingModifiers,
  type Trigger,
} from "./spec.ts";
import { isResourceTrigger, metadataOf, targetOf } from "./trigger.ts";
import { type KedaFeatures, kedaFeatures, newestKeda } from "./version.ts";

/** The HPA that KEDA makes; `spec` is absent while the ScaledObject is paused, or where KEDA gives up for these problems. */
export interface MadeHpa {
  readonly name: string;
  readonly spec?: HpaSpec;
  readonly problems: readonly string[];
}

/** Source: keda controllers/keda/hpa.go. */
export function hpaMadeFor(scaledObject: ScaledObject, kedaMinor: number = newestKeda): MadeHpa {
  const { name, spec } = scaledObject;
  const hpaName = spec.advanced?.horizontalPodAutoscalerConfig?.name || `keda-hpa-${name}`;
  const pausing = pausingOf(scaledObject);
  if (pausing.all) return { name: hpaName, problems: [] };
  const problems: string[] = [];
  const metrics = metricsOf(spec, kedaFeatures(kedaMinor), problems);
  if (problems.length > 0) return { name: hpaName, problems };
  const behavior = behaviorOf(spec, pausing);
  return {
    name: hpaName,
    spec: { ...hpaBounds(spec), metrics, ...(behavior === undefined ? {} : { behavior }) },
    problems,
  };
}

/** An HPA holds at least one replica; below that KEDA scales by itself. */
export function hpaBounds(spec: ScaledObjectSpec): { readonly minReplicas: number; readonly maxReplicas: number } {
  return {
    minReplicas: Math.max(1, spec.minReplicaCount ?? kedaDefaults.minReplicaCount),
    maxReplicas: spec.maxReplicaCount ?? kedaDefaults.maxReplicaCount,
  };
}

function behaviorOf({ advanced }: ScaledObjectSpec, { scaleIn, scaleOut }: Pausing): Behavior | undefined {
  const given = advanced?.horizontalPodAutoscalerConfig?.behavior;
  if (!scaleIn && !scaleOut) return given;
  return {
    ...given,
    ...(scaleOut ? { scaleUp: { ...given?.scaleUp, selectPolicy: "Disabled" } } : {}),
    ...(scaleIn ? { scaleDown: { ...given?.scaleDown, selectPolicy: "Disabled" } } : {}),
  };
}

function metricsOf(spec: ScaledObjectSpec, features: KedaFeatures, problems: string[]): readonly MetricSpec[] {
  const metrics = spec.triggers.flatMap((trigger, index) => {
    const metric = isResourceTrigger(trigger) ? resourceMetric(trigger) : externalMetric(trigger, index, features);
    if (typeof metric === "string") problems.push(`triggers[${index}]: ${metric}`);
    return typeof metric === "string" ? [] : [metric];
  });
  const names = metrics.flatMap((metric) => (metric.type === "External" ? [metric.external.metric.name] : []));
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    problems.push(`metricName ${name} defined multiple times`);
  }
  const modifiers = modifiersOf(spec);
  if (modifiers === undefined) return metrics.toSorted((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
  // Only `Resource` metrics survive beside the composite: those of one container are lost.
  const composite = compositeOf(modifiers);
  if (typeof composite === "string") problems.push(`scalingModifiers: ${composite}`);
  return [...metrics.filter(({ type }) => type === "Resource"), ...(typeof composite === "string" ? [] : [composite])];
}

function externalMetric(trigger: Trigger, index: number, features: KedaFeatures): MetricSpec | string {
  const { metricType: type = "AverageValue" } = trigger;
  if (type === "Utilization") return "metricType Utilization is for cpu and memory only";
  const target = targetOf(trigger);
  if (target === undefined) return "the target is no number, or KEDA's key for it is not known here";
  return external(metricName(trigger, index), type, toMilli(target, features));
}

function compositeOf({ target, metricType: type = "AverageValue" }: ScalingModifiers): MetricSpec | string {
  if (type === "Utilization") return "metricType Utilization is for cpu and memory only";
  const value = floatOf(target);
  if (value === undefined || value <= 0) return "target is no number above 0";
  return external(compositeMetric, type, cutMilli(value));
}

function external(name: string, type: "AverageValue" | "Value", milli: Milli): MetricSpec {
  const target: MetricTarget = type === "Value" ? { type, value: milli } : { type, averageValue: milli };
  return { type: "External", external: { metric: { name }, target } };
}

function resourceMetric(trigger: Trigger): MetricSpec | string {
  const target = resourceTarget(trigger);
  if (typeof target === "string") return target;
  const container = metadataOf(trigger, "containerName");
  return container === undefined
    ? { type: "Resource", resource: { name: trigger.type, target } }
    : { type: "ContainerResource", containerResource: { name: trigger.type, container, target } };
}

function resourceTarget(trigger: Trigger): MetricTarget | string {
  const value = metadataOf(trigger, "value");
  if (trigger.metricType === "Utilization") {
    if (value === undefined || !/^[0-9]{1,9}$/.test(value)) return "value is no whole percentage";
    return { type: "Utilization", averageUtilization: Number(value) };
  }
  if (trigger.metricType !== "AverageValue") return "allowed metric types are 'Utilization' and 'AverageValue'";
  const averageValue = value === undefined ? undefined : milliOfQuantity(value);
  return averageValue === undefined ? "value is no quantity" : { type: "AverageValue", averageValue };
}
