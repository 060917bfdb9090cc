import { behaviorErrors } from "./behavior.ts";
import { type FieldError, forbidden, invalid, type Place } from "./field-error.ts";
import { metricErrors } from "./metric.ts";
import type { ValidationOptions } from "./options.ts";
import { fieldsAt, fieldsOf, integerAt, listAt, textAt } from "./read.ts";
import { type ReferenceOptions, referenceErrors } from "./reference.ts";

/**
 * pkg/apis/autoscaling/validation/validation.go: all that is wrong with a spec, in the server's order and words. The server
 * fills in defaults first; `admitHpa` does both.
 */
export function validateSpec(spec: unknown, options: ValidationOptions): readonly FieldError[] {
  const fields = fieldsOf(spec);
  const minReplicas = integerAt(fields, "minReplicas");
  return [
    ...boundsErrors(minReplicas, integerAt(fields, "maxReplicas") ?? 0, options),
    ...referenceErrors(fieldsAt(fields, "scaleTargetRef"), ["spec", "scaleTargetRef"], options.scaleTargetRef),
    ...metricsErrors(listAt(fields, "metrics") ?? [], minReplicas, ["spec", "metrics"], options.objectMetrics),
    ...behaviorErrors(fieldsAt(fields, "behavior"), ["spec", "behavior"]),
  ];
}

function boundsErrors(
  minReplicas: number | undefined,
  maxReplicas: number,
  { minReplicasLowerBound: least }: ValidationOptions,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const maxAt = ["spec", "maxReplicas"];
  if (minReplicas !== undefined && minReplicas < least)
    errors.push(invalid(["spec", "minReplicas"], minReplicas, `must be greater than or equal to ${least}`));
  if (maxReplicas < 1) errors.push(invalid(maxAt, maxReplicas, "must be greater than 0"));
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.push(invalid(maxAt, maxReplicas, "must be greater than or equal to `minReplicas`"));
  return errors;
}

function metricsErrors(
  metrics: readonly unknown[],
  minReplicas: number | undefined,
  at: Place,
  options: ReferenceOptions,
): readonly FieldError[] {
  const errors = metrics.flatMap((metric, index) => metricErrors(metric, [...at, index], options));
  const seesWithoutPods = metrics.some((metric) => ["Object", "External"].includes(textAt(fieldsOf(metric), "type")));
  if (minReplicas === 0 && !seesWithoutPods)
    errors.push(
      forbidden(at, "must specify at least one Object or External metric to support scaling to zero replicas"),
    );
  return errors;
}
