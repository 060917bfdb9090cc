import type { Decision, Hold } from "../decision/decision.ts";
import type { StandIn } from "./fallback.ts";
import { hpaBounds } from "./made-hpa.ts";
import { kedaReasons } from "./reasons.ts";
import type { ScaledObject } from "./spec.ts";

/**
 * What the HPA will make of a metric that fell back: as many replicas as the fallback asks for, within its own bounds. (Another
 * metric may ask for more.)
 */
export function fallbackDecision(
  { name, spec }: ScaledObject,
  metric: string,
  failures: number,
  standIn: StandIn & { readonly kind: "metric" },
  replicas: number,
): Decision {
  const { minReplicas, maxReplicas } = hpaBounds(spec);
  const wanted = standIn.replicas;
  const to = Math.min(maxReplicas, Math.max(minReplicas, wanted));
  const by = to < wanted ? "maxReplicaCount" : "minReplicaCount";
  const held: readonly Hold[] = to === wanted ? [] : [{ by, wanted, allowed: to }];
  return {
    controller: "keda",
    subject: name,
    from: replicas,
    to,
    reason: kedaReasons.fallback,
    compared: [
      {
        left: { name: `failures of ${metric}`, value: failures },
        relation: ">",
        right: { name: "failureThreshold", value: spec.fallback?.failureThreshold ?? 0 },
      },
    ],
    held,
    lost: [],
  };
}
