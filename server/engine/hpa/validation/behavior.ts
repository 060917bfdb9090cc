import { longestWindow } from "../../windows.ts";
import { type FieldError, invalid, type Place, required, unsupported } from "./field-error.ts";
import { type Fields, field, fieldsAt, fieldsOf, integerAt, listAt, textAt } from "./read.ts";
import { quantityErrors } from "./target.ts";

/** validation.go MaxPeriodSeconds */
const longestPeriod = 1800;

const selectPolicies = ["Disabled", "Max", "Min"];
const policyTypes = ["Percent", "Pods"];

export function behaviorErrors(behavior: Fields | undefined, at: Place): readonly FieldError[] {
  return ["scaleUp", "scaleDown"].flatMap((direction) =>
    field(behavior, direction) === undefined
      ? []
      : scalingRulesErrors(fieldsAt(behavior, direction), [...at, direction]),
  );
}

/** validation.go validateScalingRules */
function scalingRulesErrors(rules: Fields | undefined, at: Place): readonly FieldError[] {
  const errors: FieldError[] = [];
  const window = integerAt(rules, "stabilizationWindowSeconds");
  const windowAt = [...at, "stabilizationWindowSeconds"];
  if (window !== undefined && window < 0)
    errors.push(invalid(windowAt, window, "must be greater than or equal to zero"));
  if (window !== undefined && window > longestWindow)
    errors.push(invalid(windowAt, window, `must be less than or equal to ${longestWindow}`));
  if (field(rules, "selectPolicy") !== undefined && !selectPolicies.includes(textAt(rules, "selectPolicy")))
    errors.push(unsupported([...at, "selectPolicy"], textAt(rules, "selectPolicy"), selectPolicies));
  const policies = listAt(rules, "policies") ?? [];
  if (policies.length === 0) errors.push(required([...at, "policies"], "must specify at least one Policy"));
  policies.forEach((policy, index) => {
    errors.push(...policyErrors(fieldsOf(policy), [...at, "policies", index]));
  });
  errors.push(...quantityErrors(rules, "tolerance", at, (sign) => sign >= 0, "must be greater than or equal to 0"));
  return errors;
}

/** validation.go validateScalingPolicy: an absent number is 0. */
function policyErrors(policy: Fields | undefined, at: Place): readonly FieldError[] {
  const errors: FieldError[] = [];
  const type = textAt(policy, "type");
  const value = integerAt(policy, "value") ?? 0;
  const period = integerAt(policy, "periodSeconds") ?? 0;
  if (!policyTypes.includes(type)) errors.push(unsupported([...at, "type"], type, policyTypes));
  if (value <= 0) errors.push(invalid([...at, "value"], value, "must be greater than zero"));
  if (period <= 0) errors.push(invalid([...at, "periodSeconds"], period, "must be greater than zero"));
  if (period > longestPeriod)
    errors.push(invalid([...at, "periodSeconds"], period, `must be less than or equal to ${longestPeriod}`));
  return errors;
}
