import { asFloat } from "../engine/hpa/milli.ts";
import type { MetricSpec, MetricTarget } from "../engine/hpa/spec.ts";
import { targetOf } from "../engine/keda/trigger.ts";
import type { HpaInput, KedaInput, Router, Scenario, Wva } from "../engine/simulation/scenario.ts";
import type { Sourced } from "../engine/sourced.ts";
import type { Threshold } from "./picture.ts";
import { originOf, titleOf } from "./windows.ts";

const asItIs = { offset: 0, factor: 1 };

/** Every number of the configuration that a line of the timeline is compared with. */
export function thresholdsOf({ wva, autoscalers, router }: Scenario): Threshold[] {
  return [
    ...(wva === undefined ? [] : ofWva(wva)),
    ...autoscalers.flatMap((scaler) => (scaler.kind === "hpa" ? ofHpa(scaler) : ofKeda(scaler))),
    ...ofRouter(router),
  ];
}

/** A trigger is what must be spare below its threshold; the chart shows what is used. Tokens are no line of it. */
function ofWva({ thresholds, tokens, origins }: Wva): Threshold[] {
  const { kvCacheThreshold, kvSpareTrigger, queueLengthThreshold, queueSpareTrigger } = thresholds;
  const one = (name: string, chart: "kv" | "queue", value: number, written: Threshold["written"]): Threshold => {
    const origin = origins?.get(name);
    const perReplica = chart === "queue" ? ({ perReplica: true } as const) : {};
    return { name, of: "wva", chart, value, written, ...perReplica, ...(origin === undefined ? {} : { origin }) };
  };
  const saturation = [
    one("kvCacheThreshold", "kv", kvCacheThreshold, asItIs),
    one("queueLengthThreshold", "queue", queueLengthThreshold, asItIs),
  ];
  if (tokens !== undefined) return saturation;
  const spare = (threshold: number) => ({ offset: threshold, factor: -1 });
  return [
    ...saturation,
    one("kvSpareTrigger", "kv", kvCacheThreshold - kvSpareTrigger, spare(kvCacheThreshold)),
    one("queueSpareTrigger", "queue", queueLengthThreshold - queueSpareTrigger, spare(queueLengthThreshold)),
  ];
}

function ofHpa(scaler: HpaInput): Threshold[] {
  return scaler.spec.metrics.flatMap((metric, index): Threshold[] => {
    const [signal, target] = [scaler.reads[index], aimOf(metric)];
    const value = target?.averageValue ?? target?.value;
    if (signal === undefined || target === undefined || value === undefined) return [];
    const isShared = target.averageValue !== undefined;
    return [
      {
        name: isShared ? "averageValue" : "value",
        of: titleOf(scaler),
        chart: { signal },
        value: asFloat(value) / 1000,
        written: asItIs,
        ...(isShared ? { perReplica: true } : {}),
        ...originOf(scaler, `metrics[${index}].target`),
      },
    ];
  });
}

function aimOf(metric: MetricSpec): MetricTarget | undefined {
  switch (metric.type) {
    case "Pods":
      return metric.pods.target;
    case "External":
      return metric.external.target;
    case "Object":
      return metric.object.target;
    default:
      // Use of CPU and memory is no line of the timeline.
      return undefined;
  }
}

function ofKeda(scaler: KedaInput): Threshold[] {
  return scaler.scaledObject.spec.triggers.flatMap((trigger, index): Threshold[] => {
    const signal = scaler.reads[index];
    const value = trigger.type === "prometheus" ? targetOf(trigger) : undefined;
    if (signal === undefined || value === undefined) return [];
    return [
      {
        name: "threshold",
        of: titleOf(scaler),
        chart: { signal },
        value,
        written: asItIs,
        ...(trigger.metricType === "Value" ? {} : { perReplica: true }),
        ...originOf(scaler, `triggers[${index}].threshold`),
      },
    ];
  });
}

function ofRouter({ detector }: Router): Threshold[] {
  const one = (name: string, chart: "kv" | "queue", { value, origin }: Sourced<number>): Threshold => {
    const isWritten = origin !== undefined && !origin.startsWith("default: ");
    const perReplica = chart === "queue" ? ({ perReplica: true } as const) : {};
    return { name, of: "epp", chart, value, written: asItIs, ...perReplica, ...(isWritten ? { origin } : {}) };
  };
  return [
    one("kvCacheUtilThreshold", "kv", detector.kvUsage),
    one("queueDepthThreshold", "queue", detector.queueDepth),
  ];
}
