import { modifierProblems } from "./admission-modifiers.ts";
import { type AdmissionProblem, problem } from "./admission-problem.ts";
import { hasValidFallback } from "./fallback.ts";
import { floatOf } from "./float.ts";
import { hpaBounds } from "./made-hpa.ts";
import { kedaDefaults, modifiersOf, type ScaledObject, type ScaledObjectSpec } from "./spec.ts";
import { hasOnlyResourceTriggers, isResourceTrigger, metadataOf } from "./trigger.ts";

/** The containers of the scale target, where they are known: those without a request or limit above zero, by resource. */
export interface TargetContainers {
  readonly name: string;
  readonly cpu: boolean;
  readonly memory: boolean;
}

/** `containers` absent: the target is not known, or is neither Deployment nor StatefulSet, and is not looked at. */
export function admissionProblems(
  scaledObject: ScaledObject,
  containers?: readonly TargetContainers[],
): readonly AdmissionProblem[] {
  const { spec } = scaledObject;
  return [
    ...names(scaledObject),
    ...bounds(spec),
    ...triggers(spec),
    ...resources(spec, containers ?? []),
    ...fallback(spec),
    ...modifierProblems(spec),
  ];
}

const longestName = 63;

function names({ name, spec }: ScaledObject): readonly AdmissionProblem[] {
  const given = spec.advanced?.horizontalPodAutoscalerConfig?.name;
  if (name.length > longestName) return [problem("K-23", ["metadata", "name"], `scaledobject ${tooLong(name)}`)];
  const hpa = given || `keda-hpa-${name}`;
  if (hpa.length <= longestName) return [];
  const path = given ? ["spec", "advanced", "horizontalPodAutoscalerConfig", "name"] : ["metadata", "name"];
  return [problem("K-23", path, `hpa ${tooLong(hpa)}`)];
}

const tooLong = (name: string) =>
  `name "${name}" is ${name.length} characters long; must be no more than ${longestName}`;

/** A minimum that is not given counts as 0, one given as 0 counts as 1: `idle 0` alone is refused, `min 0, idle 0` is not. */
function bounds(spec: ScaledObjectSpec): readonly AdmissionProblem[] {
  const { maxReplicas: max, minReplicas } = hpaBounds(spec);
  const min = spec.minReplicaCount === undefined ? 0 : minReplicas;
  const idle = spec.idleReplicaCount;
  if (min > max) {
    return [
      problem("K-33", ["spec", "minReplicaCount"], `MinReplicaCount=${min} must be less than MaxReplicaCount=${max}`),
    ];
  }
  if (idle === undefined || idle < min) return [];
  return [
    problem("K-14", ["spec", "idleReplicaCount"], `IdleReplicaCount=${idle} must be less than MinReplicaCount=${min}`),
  ];
}

function triggers(spec: ScaledObjectSpec): readonly AdmissionProblem[] {
  if (spec.triggers.length === 0) return [problem("K-34", ["spec", "triggers"], "no triggers defined")];
  const seen = new Set<string>();
  return spec.triggers.flatMap(({ type, name, useCachedMetrics }, index) => {
    const found: AdmissionProblem[] = [];
    if (useCachedMetrics && (type === "cpu" || type === "memory" || type === "cron")) {
      const message = `property "useCachedMetrics" is not supported for "${type}" scaler`;
      found.push(problem("K-35", ["spec", "triggers", index, "useCachedMetrics"], message));
    }
    if (name && seen.has(name)) {
      const message = `triggerName "${name}" is defined multiple times in the ScaledObject, but it must be unique`;
      found.push(problem("K-34", ["spec", "triggers", index, "name"], message));
    }
    if (name) seen.add(name);
    return found;
  });
}

function resources(spec: ScaledObjectSpec, containers: readonly TargetContainers[]): readonly AdmissionProblem[] {
  const found = spec.triggers.flatMap((trigger, index) => {
    const { type } = trigger;
    if (type !== "cpu" && type !== "memory") return [];
    const only = metadataOf(trigger, "containerName");
    const lacking = containers.find((container) => (only === undefined || container.name === only) && !container[type]);
    if (lacking === undefined) return [];
    const message = `the scaledobject has a ${type} trigger but the container ${lacking.name} doesn't have the ${type} request defined`;
    return [problem("K-37", ["spec", "triggers", index], message)];
  });
  const minimum = spec.minReplicaCount ?? kedaDefaults.minReplicaCount;
  if (spec.triggers.length === 0 || !hasOnlyResourceTriggers(spec) || minimum !== 0) return found;
  const message =
    "scaledobject has only cpu/memory triggers AND minReplica is 0 (scale to zero doesn't work in this case)";
  return [...found, problem("K-36", ["spec", "minReplicaCount"], message)];
}

function fallback(spec: ScaledObjectSpec): readonly AdmissionProblem[] {
  if (spec.fallback === undefined) return [];
  const { failureThreshold, replicas, behavior } = spec.fallback;
  const path = ["spec", "fallback"];
  if (failureThreshold < 0 || replicas < 0) {
    const numbers = `FailureThreshold=${failureThreshold} & Replicas=${replicas}`;
    return [problem("K-09", path, `${numbers} must both be greater than or equal to 0`)];
  }
  if (spec.triggers.length > 0 && spec.triggers.every(isResourceTrigger)) {
    const message =
      "at least one trigger (that is not cpu or memory) has to have the AverageValue type for the fallback to be enabled";
    return [problem("K-09", path, message)];
  }
  const using = modifiersOf(spec);
  if (behavior === "scalingModifiers" && !using?.formula) {
    const message = "scalingModifiers fallback behavior requires scalingModifiers.formula to be defined";
    return [problem("K-21", [...path, "behavior"], message)];
  }
  const aim = floatOf(using?.target);
  if (using === undefined || aim === undefined || aim <= 0 || hasValidFallback(spec)) return [];
  const target = ["spec", "advanced", "scalingModifiers", "target"];
  return [
    problem(
      "K-11",
      target,
      `with target ${using.target}, which is no whole number, the fallback is off without a word`,
    ),
  ];
}
