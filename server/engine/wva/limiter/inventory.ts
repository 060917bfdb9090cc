import { shortAcceleratorName } from "./accelerator.ts";

/** GPUs by the short name of their accelerator. */
export type GpuPools = ReadonlyMap<string, number>;

export interface GpuInventory {
  readonly available: GpuPools;
  readonly totalLimit: number;
  readonly totalUsed: number;
  readonly totalAvailable: number;
}

/** What is left of each accelerator. The total counts what is used of accelerators that no node has, too. */
export function gpuInventory(limit: GpuPools, used: GpuPools): GpuInventory {
  const available = new Map<string, number>();
  for (const [accelerator, gpus] of limit) available.set(accelerator, Math.max(0, gpus - (used.get(accelerator) ?? 0)));
  const totalLimit = sum(limit);
  const totalUsed = sum(used);
  return { available, totalLimit, totalUsed, totalAvailable: Math.max(0, totalLimit - totalUsed) };
}

/** The GPUs of all nodes together, under their short names. */
export function discoverGpus(nodes: readonly { readonly product: string; readonly gpus: number }[]): GpuPools {
  const pools = new Map<string, number>();
  for (const { product, gpus } of nodes) {
    const accelerator = shortAcceleratorName(product);
    pools.set(accelerator, (pools.get(accelerator) ?? 0) + gpus);
  }
  return pools;
}

/** Takes what there is of `wanted` GPUs out of `remaining`, and says how many that was. Without a name: none. */
export function takeGpus(remaining: Map<string, number>, accelerator: string, wanted: number): number {
  const left = remaining.get(accelerator) ?? 0;
  if (wanted <= 0 || accelerator === "" || left <= 0) return 0;
  const taken = Math.min(wanted, left);
  remaining.set(accelerator, left - taken);
  return taken;
}

function sum(pools: GpuPools): number {
  let total = 0;
  for (const gpus of pools.values()) total += gpus;
  return total;
}
