import { type DollarsPerHour, dollarsPerHour, type Milliseconds, milliseconds } from "../../units.ts";
import type { IterationParameters } from "./iteration.ts";
import type { Workload } from "./law.ts";

/** Replicas that carry `totalRate`, each taking `replicaRate` requests a second. */
export function replicasFor(totalRate: number, replicaRate: number): number {
  return Math.ceil(totalRate / replicaRate);
}

/** What an allocation costs: accelerators of an instance times replicas. */
export function allocationCost(accelerator: DollarsPerHour, instances: number, replicas: number): DollarsPerHour {
  return dollarsPerHour(accelerator * instances * replicas);
}

/** A tenth of both sides is what changing the accelerator weighs (pkg/solver up to v0.4). */
const changePenalty = 0.1;

/** What moving from one allocation to another counts as: the difference, and a penalty on a change of accelerator. */
export function transitionCost(from: DollarsPerHour, to: DollarsPerHour, sameAccelerator: boolean): DollarsPerHour {
  return dollarsPerHour((sameAccelerator ? 0 : changePenalty * (from + to)) + (to - from));
}

/** The multiple of an idle step that WVA since v0.6 takes for a target; it stands for two thirds of full load. */
export const defaultSloMultiplier = 3;

/** Targets for a model that states none. */
export function inferredTargets(
  { alpha, beta, gamma }: IterationParameters,
  { inputTokens, outputTokens }: Workload,
  multiplier: number = defaultSloMultiplier,
): { readonly ttft: Milliseconds; readonly itl: Milliseconds } {
  return {
    ttft: milliseconds(multiplier * alpha + (beta + gamma) * inputTokens),
    itl: milliseconds(multiplier * alpha + beta + gamma * (inputTokens + (outputTokens + 1) / 2)),
  };
}
