import type { ScaledObject, ScaledObjectSpec, Trigger } from "../../../server/engine/keda/spec.ts";

/** A Prometheus trigger that aims at 5 for each replica. */
export const prometheus: Trigger = { type: "prometheus", name: "queue", metadata: { threshold: "5" } };

export function scaledObject(
  spec: Partial<ScaledObjectSpec> = {},
  annotations: Record<string, string> = {},
): ScaledObject {
  const prefixed = Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [`autoscaling.keda.sh/${key}`, value]),
  );
  return { name: "chat", annotations: prefixed, spec: { triggers: [prometheus], ...spec } };
}
