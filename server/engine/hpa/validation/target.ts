import { signOfQuantity } from "../quantity.ts";
import { type FieldError, invalid, type Place, required } from "./field-error.ts";
import { type Fields, field, integerAt, quantityAt, textAt } from "./read.ts";

const targetTypes: ReadonlySet<string> = new Set(["Utilization", "Value", "AverageValue"]);

/** k8s.io/apimachinery pkg/api/resource ErrFormatWrong: found while decoding, before any rule. */
const quantityForm = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** validation.go validateMetricTarget. It does not compare the type with the field that is filled. */
export function targetErrors(target: Fields | undefined, at: Place): readonly FieldError[] {
  const errors: FieldError[] = [];
  const type = textAt(target, "type");
  if (type === "") errors.push(required([...at, "type"], "must specify a metric target type"));
  if (!targetTypes.has(type))
    errors.push(invalid([...at, "type"], type, "must be either Utilization, Value, or AverageValue"));
  for (const key of ["value", "averageValue"])
    errors.push(...quantityErrors(target, key, at, (sign) => sign > 0, "must be positive"));
  const utilization = integerAt(target, "averageUtilization");
  if (utilization !== undefined && utilization < 1)
    errors.push(invalid([...at, "averageUtilization"], utilization, "must be greater than 0"));
  return errors;
}

export function quantityErrors(
  fields: Fields | undefined,
  key: string,
  at: Place,
  accepts: (sign: number) => boolean,
  fault: string,
): readonly FieldError[] {
  const quantity = quantityAt(fields, key);
  if (quantity === undefined) return [];
  const sign = signOfQuantity(quantity);
  if (sign === undefined) return [invalid([...at, key], quantity, quantityForm)];
  return accepts(sign) ? [] : [invalid([...at, key], String(quantity), fault)];
}

export function isSet(target: Fields | undefined, key: "value" | "averageValue" | "averageUtilization"): boolean {
  return field(target, key) !== undefined;
}
