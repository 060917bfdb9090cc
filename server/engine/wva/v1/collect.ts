import { share } from "../../units.ts";
import type { ReplicaLoad } from "../variant.ts";

/** The two series of a pod as they come back; null where there is none. */
export interface ScrapedReplica {
  readonly variant: string;
  readonly pod: string;
  readonly kvUsage: number | null;
  readonly queueLength: number | null;
  readonly cost: number;
}

/**
 * What WVA makes of the series: one that is missing counts as 0, so that the pod looks idle (llm-d-autoscaling #360); NaN
 * and infinities count as 0; a pod without either series is no replica.
 */
export function collectReplicas(scraped: readonly ScrapedReplica[]): ReplicaLoad[] {
  return scraped
    .filter(({ kvUsage, queueLength }) => kvUsage !== null || queueLength !== null)
    .map(({ variant, pod, kvUsage, queueLength, cost }) => ({
      variant,
      pod,
      kvUsage: share(finite(kvUsage)),
      queueLength: finite(queueLength),
      cost,
    }));
}

function finite(value: number | null): number {
  return value !== null && Number.isFinite(value) ? value : 0;
}
