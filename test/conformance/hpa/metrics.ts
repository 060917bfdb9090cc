import {
  controllerDefaults,
  countPods,
  groupPods,
  type Milli,
  perPodUsage,
  podsAverage,
  resourceUtilization,
  targetAverage,
  targetValue,
} from "../../../server/engine/hpa/public.ts";
import { type Inputs, milli, now, type Op, podsOf, toleranceIn } from "./vector.ts";

export function settingsOf(inputs: Inputs) {
  const { cpuInitializationPeriodSeconds, initialReadinessDelaySeconds } = controllerDefaults;
  return {
    ...controllerDefaults,
    cpuInitializationPeriodSeconds: Number(inputs["cpuInitializationPeriodSeconds"] ?? cpuInitializationPeriodSeconds),
    initialReadinessDelaySeconds: Number(inputs["initialReadinessDelaySeconds"] ?? initialReadinessDelaySeconds),
  };
}

export function valuesOf(inputs: Inputs): readonly Milli[] {
  return (inputs["valuesMilli"] as readonly unknown[]).map(milli);
}

const utilization: Op = (inputs) => {
  const result = resourceUtilization(
    {
      currentReplicas: Number(inputs["currentReplicas"]),
      target: Number(inputs["targetUtilization"]),
      resource: String(inputs["resource"]),
      tolerance: toleranceIn(inputs),
      pods: podsOf(inputs),
      now,
    },
    settingsOf(inputs),
  );
  return "error" in result ? { error: result.error } : { ...result, rawAverageMilli: result.usage };
};

const average: Op = (inputs) => {
  const result = podsAverage(
    {
      currentReplicas: Number(inputs["currentReplicas"]),
      target: milli(inputs["targetMilli"]),
      resource: String(inputs["resource"] ?? ""),
      tolerance: toleranceIn(inputs),
      pods: podsOf(inputs),
      now,
    },
    settingsOf(inputs),
  );
  return "error" in result ? { error: result.error } : { ...result, usageMilli: result.usage };
};

const value: Op = (inputs) => {
  const result = targetValue({
    currentReplicas: Number(inputs["currentReplicas"]),
    target: milli(inputs["targetMilli"]),
    values: valuesOf(inputs),
    tolerance: toleranceIn(inputs),
    pods: countPods(podsOf(inputs)),
  });
  return "error" in result ? { error: result.error } : { ...result, usageMilli: result.usage };
};

const perReplica =
  (external: boolean): Op =>
  (inputs) => {
    const result = targetAverage({
      statusReplicas: Number(inputs["statusReplicas"]),
      target: milli(inputs["targetMilli"]),
      values: valuesOf(inputs),
      tolerance: toleranceIn(inputs),
      external,
    });
    return { ...result, usageMilli: result.usage };
  };

const group: Op = (inputs) => {
  const { readyCount, unready, missing, ignored } = groupPods(
    podsOf(inputs),
    String(inputs["resource"] ?? ""),
    settingsOf(inputs),
    now,
  );
  const names = (pods: readonly { readonly name: string }[]) => pods.map(({ name }) => name).sort();
  return { readyPodCount: readyCount, unready: names(unready), missing: names(missing), ignored: names(ignored) };
};

export const metricOps: ReadonlyMap<string, Op> = new Map([
  ["resourceUtilization", utilization],
  ["podsAverage", average],
  ["objectValue", value],
  ["externalValue", value],
  ["objectAverage", perReplica(false)],
  ["externalAverage", perReplica(true)],
  [
    "perPodUsage",
    (inputs) => ({ usageMilli: perPodUsage(milli(inputs["usageMilli"]), Number(inputs["statusReplicas"])) }),
  ],
  ["groupPods", group],
]);
