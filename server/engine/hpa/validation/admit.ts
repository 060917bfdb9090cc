import { defaultPolicies, defaultScaleUpWindow } from "../behavior.ts";
import type { FieldError } from "./field-error.ts";
import { validationOptions } from "./options.ts";
import { type Fields, field, fieldsAt, fieldsOf, listAt } from "./read.ts";
import type { ServerFeatures } from "./server.ts";
import { validateSpec } from "./validate.ts";

/** What an API server says to a spec somebody applies, `oldSpec` being the one it replaces. Nothing: it is stored. */
export function admitHpa(spec: unknown, features: ServerFeatures, oldSpec?: unknown): readonly FieldError[] {
  const filled = withDefaults(fieldsOf(spec) ?? {}, features.configurableTolerance || usesTolerance(fieldsOf(oldSpec)));
  return validateSpec(filled, validationOptions(filled, oldSpec, features));
}

/** pkg/apis/autoscaling/v2/defaults.go, and dropDisabledFields of strategy.go. */
function withDefaults(spec: Fields, keepsTolerance: boolean): Fields {
  const behavior = fieldsAt(spec, "behavior");
  const given = listAt(spec, "metrics") ?? [];
  return {
    ...spec,
    minReplicas: field(spec, "minReplicas") ?? 1,
    metrics: given.length === 0 ? [defaultMetric] : given,
    ...(behavior && {
      behavior: {
        scaleUp: rulesWithDefaults(fieldsAt(behavior, "scaleUp"), "scaleUp", keepsTolerance),
        scaleDown: rulesWithDefaults(fieldsAt(behavior, "scaleDown"), "scaleDown", keepsTolerance),
      },
    }),
  };
}

const defaultMetric = {
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
};

function rulesWithDefaults(
  rules: Fields | undefined,
  direction: "scaleUp" | "scaleDown",
  keepsTolerance: boolean,
): Fields {
  const window = direction === "scaleUp" ? { stabilizationWindowSeconds: defaultScaleUpWindow } : {};
  return {
    ...window,
    ...Object.fromEntries(
      Object.entries(rules ?? {}).filter(([key, value]) => value !== null && (keepsTolerance || key !== "tolerance")),
    ),
    policies: field(rules, "policies") ?? defaultPolicies[direction],
  };
}

function usesTolerance(spec: Fields | undefined): boolean {
  const behavior = fieldsAt(spec, "behavior");
  return ["scaleUp", "scaleDown"].some((direction) => field(fieldsAt(behavior, direction), "tolerance") !== undefined);
}
