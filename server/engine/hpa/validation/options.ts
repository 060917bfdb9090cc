import { type Fields, field, fieldsAt, fieldsOf, integerAt, listAt, textAt } from "./read.ts";
import { apiVersionFault, type ReferenceOptions } from "./reference.ts";
import type { ServerFeatures } from "./server.ts";

export interface ValidationOptions {
  readonly minReplicasLowerBound: 0 | 1;
  readonly scaleTargetRef: ReferenceOptions;
  readonly objectMetrics: ReferenceOptions;
}

/**
 * pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go: what an object may have because of the server, and because
 * the object that it replaces had it already.
 */
export function validationOptions(
  newSpec: unknown,
  oldSpec: unknown,
  { scaleToZero, checksApiVersion }: Pick<ServerFeatures, "scaleToZero" | "checksApiVersion">,
): ValidationOptions {
  const spec = fieldsOf(newSpec);
  const old = fieldsOf(oldSpec);
  const target = fieldsAt(spec, "scaleTargetRef");
  const kept = old !== undefined && sameTarget(target, fieldsAt(old, "scaleTargetRef"));
  const objects = { allowInvalidApiVersion: !checksApiVersion, allowEmptyApiGroup: true };
  return {
    minReplicasLowerBound: scaleToZero || integerAt(old, "minReplicas") === 0 ? 0 : 1,
    scaleTargetRef: {
      allowInvalidApiVersion: !checksApiVersion || kept,
      // The one kind of the core group that scales.
      allowEmptyApiGroup: !kept && textAt(target, "kind") === "ReplicationController",
    },
    objectMetrics: hadInvalidObject(old, objects) ? { ...objects, allowInvalidApiVersion: true } : objects,
  };
}

function sameTarget(left: Fields | undefined, right: Fields | undefined): boolean {
  return ["apiVersion", "kind"].every((key) => textAt(left, key) === textAt(right, key));
}

function hadInvalidObject(old: Fields | undefined, options: ReferenceOptions): boolean {
  return (listAt(old, "metrics") ?? []).map(fieldsOf).some((metric) => {
    if (textAt(metric, "type") !== "Object" || field(metric, "object") === undefined) return false;
    const described = fieldsAt(fieldsAt(metric, "object"), "describedObject");
    return apiVersionFault(textAt(described, "apiVersion"), options) !== undefined;
  });
}
