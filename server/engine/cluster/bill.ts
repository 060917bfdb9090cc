import type { Node } from "./node.ts";

const hour = 3600;

/** Dollars an hour at a moment: nodes are paid for, not pods. */
export function dollarsPerHourAt(nodes: readonly Node[], at: number): number {
  let sum = 0;
  for (const node of nodes) if (isPaidAt(node, at)) sum += node.pool.perHour.value;
  return sum;
}

/** Dollars from the start until then. */
export function dollarsUntil(nodes: readonly Node[], until: number): number {
  let sum = 0;
  for (const node of nodes) sum += (paidSeconds(node, until) / hour) * node.pool.perHour.value;
  return sum;
}

/** Hours of GPUs that are paid for, used or not. */
export function paidGpuHours(nodes: readonly Node[], until: number): number {
  let sum = 0;
  for (const node of nodes) sum += (paidSeconds(node, until) / hour) * node.pool.gpusPerNode;
  return sum;
}

function paidFrom({ pool, askedAt, readyAt }: Node): number {
  return pool.billedWhileProvisioning ? askedAt : (readyAt ?? Number.POSITIVE_INFINITY);
}

function isPaidAt(node: Node, at: number): boolean {
  return at >= paidFrom(node) && at < (node.goneAt ?? Number.POSITIVE_INFINITY);
}

function paidSeconds(node: Node, until: number): number {
  return Math.max(0, Math.min(until, node.goneAt ?? until) - paidFrom(node));
}
