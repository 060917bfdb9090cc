import { type FieldError, forbidden, invalid, type Place, required } from "./field-error.ts";
import { labelFaults, pathSegmentFaults } from "./names.ts";
import { type Fields, fieldsAt, textAt } from "./read.ts";
import { type ReferenceOptions, referenceErrors } from "./reference.ts";
import { containerResourceNameErrors } from "./resource-name.ts";
import { isSet, targetErrors } from "./target.ts";

/** validation.go validateObjectSource */
export function objectErrors(source: Fields | undefined, at: Place, options: ReferenceOptions): readonly FieldError[] {
  const target = fieldsAt(source, "target");
  return [
    ...referenceErrors(fieldsAt(source, "describedObject"), [...at, "describedObject"], options),
    ...identifierErrors(source, at),
    ...targetErrors(target, [...at, "target"]),
    ...when(!isSet(target, "value") && !isSet(target, "averageValue"), () =>
      required([...at, "target", "averageValue"], "must set either a target value or averageValue"),
    ),
  ];
}

/** validation.go validateExternalSource */
export function externalErrors(source: Fields | undefined, at: Place): readonly FieldError[] {
  const target = fieldsAt(source, "target");
  return [
    ...identifierErrors(source, at),
    ...targetErrors(target, [...at, "target"]),
    ...when(!isSet(target, "value") && !isSet(target, "averageValue"), () =>
      required([...at, "target", "averageValue"], "must set either a target value for metric or a per-pod target"),
    ),
    ...when(isSet(target, "value") && isSet(target, "averageValue"), () =>
      forbidden([...at, "target", "value"], "may not set both a target value for metric and a per-pod target"),
    ),
  ];
}

/** validation.go validatePodsSource */
export function podsErrors(source: Fields | undefined, at: Place): readonly FieldError[] {
  const target = fieldsAt(source, "target");
  return [
    ...identifierErrors(source, at),
    ...targetErrors(target, [...at, "target"]),
    ...when(!isSet(target, "averageValue"), () =>
      required([...at, "target", "averageValue"], "must specify a positive target averageValue"),
    ),
  ];
}

/** validation.go validateResourceSource: any name will do, `nvidia.com/gpu` too. */
export function resourceErrors(source: Fields | undefined, at: Place): readonly FieldError[] {
  return [
    ...when(textAt(source, "name") === "", () => required([...at, "name"], "must specify a resource name")),
    ...resourceTargetErrors(source, at),
  ];
}

/** validation.go validateContainerResourceSource */
export function containerResourceErrors(source: Fields | undefined, at: Place): readonly FieldError[] {
  const name = textAt(source, "name");
  const container = textAt(source, "container");
  return [
    ...(name === ""
      ? [required([...at, "name"], "must specify a resource name")]
      : containerResourceNameErrors(name, [...at, "name"])),
    ...(container === ""
      ? [required([...at, "container"], "must specify a container")]
      : labelFaults(container).map((fault) => invalid([...at, "container"], container, fault))),
    ...resourceTargetErrors(source, at),
  ];
}

function resourceTargetErrors(source: Fields | undefined, at: Place): readonly FieldError[] {
  const target = fieldsAt(source, "target");
  const utilization = isSet(target, "averageUtilization");
  const raw = isSet(target, "averageValue");
  return [
    ...targetErrors(target, [...at, "target"]),
    ...when(!utilization && !raw, () =>
      required([...at, "target", "averageUtilization"], "must set either a target raw value or a target utilization"),
    ),
    ...when(utilization && raw, () =>
      forbidden([...at, "target", "averageValue"], "may not set both a target raw value and a target utilization"),
    ),
  ];
}

/** validation.go validateMetricIdentifier. A colon is no fault, and the selector is not looked at. */
function identifierErrors(source: Fields | undefined, at: Place): readonly FieldError[] {
  const name = textAt(fieldsAt(source, "metric"), "name");
  const place = [...at, "metric", "name"];
  if (name === "") return [required(place, "must specify a metric name")];
  return pathSegmentFaults(name).map((fault) => invalid(place, name, fault));
}

function when(wrong: boolean, error: () => FieldError): readonly FieldError[] {
  return wrong ? [error()] : [];
}
