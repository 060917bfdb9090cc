import type { Budget } from "../../engine/capacity/budget.ts";
import { bytesPerRank } from "../../engine/units.ts";

/** The parts of a GPU's memory in the order in which they are drawn, each with its letter. */
export const parts = [
  { key: "weights", name: "weights", letter: "W" },
  { key: "activation", name: "activations", letter: "A" },
  { key: "nonTorch", name: "outside torch", letter: "N" },
  { key: "graphs", name: "CUDA graphs", letter: "G" },
  { key: "kvCache", name: "KV cache", letter: "k" },
] as const;

/** Memory of the GPU that vLLM leaves alone. */
export function unused({ physical, requested }: Budget) {
  return bytesPerRank(physical.bytes - requested.bytes);
}

/** A GPU's memory as a bar of letters; what does not fit goes past its end and is cut there. */
export function budgetBar(budget: Budget, width: number): string {
  const cells = (bytes: number) => (Math.max(0, bytes) / budget.physical.bytes) * width;
  let filled = "";
  let end = 0;
  for (const { key, letter } of parts) {
    end += cells(budget[key].bytes);
    filled = filled.padEnd(Math.round(end), letter);
  }
  return `[${filled.slice(0, width).padEnd(width, ".")}]`;
}
