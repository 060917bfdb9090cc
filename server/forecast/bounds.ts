import { mostReplicas } from "../scenario/bounds.ts";

/** Within these a question can be answered; beyond them a run would not end, or say nothing. */
export const bounds = {
  duration: { least: 60, most: 31 * 86_400 },
  seed: { least: 0, most: 2 ** 32 - 1 },
  rate: { least: 0, most: 10_000 },
  tokens: { least: 1, most: 2 ** 20 },
  objective: { least: 0.0001, most: 86_400 },
  share: { least: 0.0001, most: 1 },
  replicas: { least: 0, most: mostReplicas },
  seconds: { least: 0, most: 31 * 86_400 },
  dollars: { least: 0, most: 100_000 },
} as const;

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

export function isWithin(value: number, { least, most }: Bounds): boolean {
  return value >= least && value <= most;
}
