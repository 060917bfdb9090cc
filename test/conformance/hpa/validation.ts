import {
  fieldErrorText,
  type ReferenceOptions,
  validateSpec,
  validationOptions,
} from "../../../server/engine/hpa/public.ts";
import type { Inputs, Op } from "./vector.ts";

function optionsOf(inputs: Inputs, checksApiVersion: boolean) {
  const scaleToZero = inputs["scaleToZeroGate"] === true;
  return validationOptions(inputs["spec"], inputs["oldSpec"], { scaleToZero, checksApiVersion });
}

const validate: Op = (inputs) => {
  const [first] = validateSpec(inputs["spec"], optionsOf(inputs, true));
  return first === undefined ? { valid: true } : { valid: false, firstErrorContains: fieldErrorText(first) };
};

function renamed({ allowInvalidApiVersion, allowEmptyApiGroup }: ReferenceOptions) {
  return { allowInvalidAPIVersion: allowInvalidApiVersion, allowEmptyAPIGroup: allowEmptyApiGroup };
}

const options: Op = (inputs) => {
  const { minReplicasLowerBound, scaleTargetRef, objectMetrics } = optionsOf(inputs, true);
  return { minReplicasLowerBound, scaleTargetRef: renamed(scaleTargetRef), objectMetrics: renamed(objectMetrics) };
};

export const validationOps: ReadonlyMap<string, Op> = new Map([
  ["validate", validate],
  ["options", options],
]);
