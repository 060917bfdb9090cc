import type { KedaFeatures } from "./version.ts";

/** What a trigger's source said when it was asked. */
export type TriggerReading =
  /** `active` where the scaler decides it otherwise than by a threshold: cron. */
  | { readonly kind: "value"; readonly value: number; readonly active?: boolean }
  | { readonly kind: "error"; readonly because: string };

/**
 * A Prometheus result as KEDA reads it (keda pkg/scalers/prometheus_scaler.go): `elements` are the values of the instant vector.
 * With `ignoreNullValues`, its default, no element and infinity are 0, and a fallback never comes.
 */
export function readPrometheus(
  elements: readonly number[] | "unreachable",
  ignoreNullValues: boolean,
  { nanIsNoValue }: Pick<KedaFeatures, "nanIsNoValue">,
): TriggerReading {
  if (elements === "unreachable") return failed("Prometheus did not answer");
  if (elements.length > 1) return failed("the query returned multiple elements");
  const [value] = elements;
  const none =
    value === undefined || Math.abs(value) === Number.POSITIVE_INFINITY || (nanIsNoValue && Number.isNaN(value));
  if (!none) return { kind: "value", value };
  return ignoreNullValues ? { kind: "value", value: 0 } : failed("the query returned no number");
}

function failed(because: string): TriggerReading {
  return { kind: "error", because };
}
