import { hasValidFallback } from "./fallback.ts";
import { floatOf } from "./float.ts";
import { FormulaError } from "./formula/error.ts";
import { evaluateFormula } from "./formula/formula.ts";
import { hpaBounds } from "./made-hpa.ts";
import { formulaOf } from "./observe.ts";
import { kedaDefaults, modifiersOf, type ScaledObject, type ScaledObjectSpec } from "./spec.ts";
import { formulaNames, hasOnlyResourceTriggers, isResourceTrigger, metadataOf } from "./trigger.ts";

/**
 * What KEDA's admission webhook refuses in a ScaledObject by itself. The webhook fails open, so each of these can reach a cluster
 * all the same. Source: keda apis/keda/v1alpha1/scaledobject_webhook.go; messages in its words where it has some.
 */
export interface AdmissionProblem {
  readonly check: AdmissionCheck;
  /** `spec.triggers[1].name` */
  readonly path: string;
  /** The same, to be walked: `["spec", "triggers", 1, "name"]`. */
  readonly keys: readonly (string | number)[];
  readonly message: string;
}

export type AdmissionCheck =
  | "K-09" // fallback without a trigger that can fall back, or with negative numbers
  | "K-11" // a fallback that scaling modifiers switch off
  | "K-14" // idle count not below the minimum
  | "K-21" // scaling modifiers
  | "K-23" // names that are too long
  | "K-33" // minimum above maximum
  | "K-34" // no triggers, or two of one name
  | "K-35" // cached metrics where there are none
  | "K-36" // zero replicas on cpu or memory alone
  | "K-37"; // a cpu or memory trigger over a container without a request

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
    ...modifiers(spec),
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

/** Compiled, and run once with every trigger at -1, as the webhook does. What is not evaluated here is no problem. */
function modifiers(spec: ScaledObjectSpec): readonly AdmissionProblem[] {
  const using = modifiersOf(spec);
  if (using === undefined) return [];
  const refused = (key: string, message: string) =>
    problem("K-21", ["spec", "advanced", "scalingModifiers", key], message);
  if (!using.formula) return [refused("formula", "error ScalingModifiers.Formula is mandatory")];
  if (!using.target) return [refused("target", "formula is given but target is empty")];
  const found: AdmissionProblem[] = [];
  const fault = formulaFault(spec);
  if (fault !== undefined) found.push(refused("formula", `error validating formula in ScalingModifiers: ${fault}`));
  const target = floatOf(using.target);
  if (target === undefined || target <= 0) found.push(refused("target", "target is no number above 0"));
  if (using.metricType === "Utilization") {
    found.push(
      refused("metricType", "the type is Utilization, but it needs to be AverageValue or Value for external metrics"),
    );
  }
  return found;
}

function formulaFault(spec: ScaledObjectSpec): string | undefined {
  const formula = formulaOf(spec);
  if (formula === undefined) return undefined;
  if (formula instanceof FormulaError) return told(formula);
  try {
    evaluateFormula(formula, new Map(formulaNames(spec).map((name) => [name, -1])));
  } catch (error) {
    if (error instanceof FormulaError) return told(error);
    throw error;
  }
  return undefined;
}

function told({ fault, message }: FormulaError): string | undefined {
  return fault === "unsupported" || fault === "limit" ? undefined : message;
}

function problem(check: AdmissionCheck, keys: readonly (string | number)[], message: string): AdmissionProblem {
  const path = keys
    .map((key, index) => (typeof key === "number" ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join("");
  return { check, path, keys, message };
}
