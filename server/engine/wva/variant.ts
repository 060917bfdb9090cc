import type { Share } from "../units.ts";

/** What a replica's last minute was like: the maxima that WVA reads from Prometheus. */
export interface ReplicaLoad {
  readonly variant: string;
  readonly pod: string;
  readonly kvUsage: Share;
  /** Requests waiting in the engine. */
  readonly queueLength: number;
  /** Of one replica of its variant, in any currency. */
  readonly cost: number;
}

export type VariantRole = "prefill" | "decode" | "both";

/** What the cluster and WVA's own status say about a variant. */
export interface VariantState {
  readonly variant: string;
  /** Replicas that the scale target counts. */
  readonly current: number;
  /** The last decision; 0 when there is none. */
  readonly desired: number;
  /** Replicas that are not ready yet. */
  readonly pending: number;
  readonly minReplicas?: number;
  /** 0 is no limit. */
  readonly maxReplicas?: number;
  readonly gpusPerReplica?: number;
  /** Absent: both. Known to main alone. */
  readonly role?: VariantRole;
}

/** What WVA takes a variant for that it analyses without knowing its state. */
export const unknownState: Omit<VariantState, "variant"> = { current: 0, desired: 0, pending: 0 };

export interface ScaleTargetStatus {
  readonly specReplicas: number;
  readonly statusReplicas: number;
  readonly readyReplicas: number;
}

/** Replicas as WVA counts them; a status of 0 falls back to what was asked for. */
export function countReplicas({ specReplicas, statusReplicas, readyReplicas }: ScaleTargetStatus) {
  const current = statusReplicas === 0 ? specReplicas : statusReplicas;
  return { current, pending: Math.max(0, current - readyReplicas) };
}

/** llm-d-workload-variant-autoscaler api/v1alpha1: default of spec.variantCost, and what an unusable one counts as. */
export const defaultVariantCost = 10;

/** A cost as the custom resource spells it: digits, perhaps a point and digits. */
export function variantCost(text: string | undefined): number {
  return text !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : defaultVariantCost;
}

export type Action = "scale-up" | "scale-down" | "no-change";

/** Told from the count that runs, not from the last decision. */
export function actionOf(target: number, current: number): Action {
  if (target > current) return "scale-up";
  return target < current ? "scale-down" : "no-change";
}
