import type { NodePool } from "./input.ts";

export interface Node {
  readonly id: string;
  readonly pool: NodePool;
  readonly phase: "provisioning" | "ready" | "gone";
  readonly askedAt: number;
  readonly readyAt: number | undefined;
  readonly goneAt: number | undefined;
}

/** What only the cluster changes. */
export interface LivingNode extends Node {
  phase: "provisioning" | "ready" | "gone";
  readyAt: number | undefined;
  goneAt: number | undefined;
  freeGpus: number;
  /** Variants whose image is there. */
  readonly images: Set<string>;
  /** Since when nothing runs on it. */
  emptySince: number | undefined;
}

export function newNode(pool: NodePool, ordinal: number, now: number): LivingNode {
  return {
    id: `${pool.name}-node-${ordinal}`,
    pool,
    phase: "provisioning",
    askedAt: now,
    readyAt: undefined,
    goneAt: undefined,
    freeGpus: pool.gpusPerNode,
    images: new Set(),
    emptySince: undefined,
  };
}

/** The node that a pod goes to: a ready one first, then the fullest, then the oldest. */
export function nodeFor(nodes: readonly LivingNode[], pool: string, gpus: number): LivingNode | undefined {
  let best: LivingNode | undefined;
  for (const node of nodes) {
    if (node.pool.name !== pool || node.phase === "gone" || node.freeGpus < gpus) continue;
    if (best === undefined || isBetter(node, best)) best = node;
  }
  return best;
}

function isBetter(node: LivingNode, best: LivingNode): boolean {
  if (node.phase !== best.phase) return node.phase === "ready";
  return node.freeGpus < best.freeGpus;
}

/** Whether the pool may have one node more, that a pod of so many GPUs fits on. */
export function mayGrow(pool: NodePool, nodes: readonly LivingNode[], gpus: number): boolean {
  if (pool.fixed || gpus > pool.gpusPerNode) return false;
  const owned = nodes.reduce(
    (sum, node) => sum + (node.pool === pool && node.phase !== "gone" ? pool.gpusPerNode : 0),
    0,
  );
  return owned + pool.gpusPerNode <= (pool.gpuLimit?.value ?? Number.POSITIVE_INFINITY);
}
