import type { Decision } from "../../decision/decision.ts";
import { type GpuPools, gpuInventory, takeGpus } from "./inventory.ts";

export interface GpuRequest {
  readonly variant: string;
  /** Short name; empty when unknown, and then nothing is allocated. */
  readonly accelerator: string;
  readonly current: number;
  readonly target: number;
  /** Below 1 reads as 1. */
  readonly gpusPerReplica: number;
  /** The variant's mean spare KV. */
  readonly spare: number;
  readonly cost: number;
  readonly minReplicas?: number;
  readonly maxReplicas?: number;
}

export interface GpuGrant {
  readonly variant: string;
  readonly target: number;
  /** Of whole replicas only; a remainder is used up all the same. */
  readonly gpusAllocated: number;
  readonly limited: boolean;
}

export interface GpuAllocation {
  /** In the order of the requests. */
  readonly grants: readonly GpuGrant[];
  readonly remaining: GpuPools;
}

/**
 * Shares GPUs among the variants that want more: the least spare first, then the cheapest
 * (internal/engines/pipeline/greedy_saturation_algorithm.go).
 */
export function allocateGreedily(requests: readonly GpuRequest[], available: GpuPools): GpuAllocation {
  const remaining = new Map(available);
  const granted = new Map<GpuRequest, GpuGrant>();
  const wanting = requests.filter(({ target, current }) => target > current);
  for (const request of wanting.sort((a, b) => a.spare - b.spare || a.cost - b.cost))
    granted.set(request, grant(request, remaining));
  return { grants: requests.map((request) => granted.get(request) ?? untouched(request)), remaining };
}

function untouched({ variant, target }: GpuRequest): GpuGrant {
  return { variant, target, gpusAllocated: 0, limited: false };
}

function grant(request: GpuRequest, remaining: Map<string, number>): GpuGrant {
  const { variant, accelerator, current, minReplicas = 0, maxReplicas = 0 } = request;
  const wanted = maxReplicas > 0 ? Math.min(request.target, maxReplicas) : request.target;
  if (wanted <= current) return { ...untouched(request), target: wanted };
  const perReplica = request.gpusPerReplica > 0 ? request.gpusPerReplica : 1;
  const replicas = Math.floor(takeGpus(remaining, accelerator, (wanted - current) * perReplica) / perReplica);
  return {
    variant,
    target: Math.max(current + replicas, minReplicas),
    gpusAllocated: replicas * perReplica,
    limited: replicas < wanted - current,
  };
}

export interface LimitedGpus extends GpuAllocation {
  readonly used: GpuPools;
  readonly available: GpuPools;
}

/** The whole limiter: what runs is taken off what the nodes have, the rest is shared (default_limiter.go). */
export function limitByGpus(requests: readonly GpuRequest[], discovered: GpuPools): LimitedGpus {
  const used = new Map<string, number>();
  for (const { accelerator, current, gpusPerReplica } of requests) {
    if (accelerator !== "") used.set(accelerator, (used.get(accelerator) ?? 0) + current * gpusPerReplica);
  }
  const { available } = gpuInventory(discovered, used);
  return { ...allocateGreedily(requests, available), used, available };
}

/** The same, on decisions that are told: a variant that got less than it wanted is held by its GPUs. */
export function limitDecisions(
  decisions: readonly Decision[],
  requests: readonly GpuRequest[],
  discovered: GpuPools,
): Decision[] {
  const { grants } = limitByGpus(requests, discovered);
  const grantOf = new Map(grants.map((granted) => [granted.variant, granted]));
  const acceleratorOf = new Map(requests.map(({ variant, accelerator }) => [variant, accelerator]));
  return decisions.map((decision) => {
    const granted = grantOf.get(decision.subject);
    if (granted === undefined || granted.target === decision.to) return decision;
    const accelerator = acceleratorOf.get(decision.subject) || "unnamed accelerators";
    const held = { by: `the pool of ${accelerator}`, wanted: decision.to, allowed: granted.target };
    return { ...decision, to: granted.target, held: [...decision.held, held] };
  });
}
