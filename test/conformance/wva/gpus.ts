import { shortAcceleratorName } from "../../../server/engine/wva/limiter/accelerator.ts";
import { gpuInventory, takeGpus } from "../../../server/engine/wva/limiter/inventory.ts";
import {
  allocateGreedily,
  type GpuAllocation,
  type GpuRequest,
  limitByGpus,
} from "../../../server/engine/wva/limiter/limit.ts";
import type { Adapter } from "../adapter.ts";
import { fieldsOf, forEachProfile } from "./match.ts";

type Pool = Readonly<Record<string, number>>;

export const gpuAdapters: ReadonlyMap<string, Adapter> = new Map([
  [
    "limiter-greedy",
    forEachProfile<{ readonly available: Pool; readonly decisions: readonly GpuRequest[] }>(
      ({ available, decisions }) => allocationFields(allocateGreedily(decisions, poolOf(available))),
    ),
  ],
  [
    "limiter-full",
    forEachProfile<{ readonly limit: Pool; readonly decisions: readonly GpuRequest[] }>(({ limit, decisions }) => {
      const limited = limitByGpus(decisions, poolOf(limit));
      return { ...allocationFields(limited), used: fieldsOf(limited.used), available: fieldsOf(limited.available) };
    }),
  ],
  [
    "allocator",
    forEachProfile<{ readonly pool: Pool; readonly requests: readonly (readonly [string, number])[] }>(
      ({ pool, requests }) => {
        const remaining = poolOf(pool);
        const allocated = requests.map(([accelerator, wanted]) => takeGpus(remaining, accelerator, wanted));
        const total = [...remaining.values()].reduce((sum, gpus) => sum + gpus, 0);
        return { allocated, remaining: fieldsOf(remaining), totalRemaining: total };
      },
    ),
  ],
  [
    "inventory",
    forEachProfile<{ readonly limit: Pool; readonly used: Pool }>(({ limit, used }) => {
      const inventory = gpuInventory(poolOf(limit), poolOf(used));
      return { ...inventory, available: fieldsOf(inventory.available) };
    }),
  ],
  ["accelerator-normalize", forEachProfile<{ readonly input: string }>(({ input }) => shortAcceleratorName(input))],
]);

function poolOf(pool: Pool): Map<string, number> {
  return new Map(Object.entries(pool));
}

function allocationFields({ grants, remaining }: GpuAllocation) {
  return {
    decisions: Object.fromEntries(grants.map(({ variant, ...granted }) => [variant, granted])),
    remaining: fieldsOf(remaining),
  };
}
