import type { Decision } from "../decision/decision.ts";
import { enforceZeroOnDecisions, type ZeroPolicy } from "./enforce.ts";
import type { GpuPools } from "./limiter/inventory.ts";
import { type GpuRequest, limitDecisions } from "./limiter/limit.ts";
import { type DecidedCycle, runSaturation, type SaturationInput } from "./v1/cycle.ts";
import { saturationDecisions } from "./v1/explain.ts";
import type { VariantRole } from "./variant.ts";

export interface WvaCycleInput extends SaturationInput {
  /** Absent: neither scale to zero nor the minimum of one is looked at. */
  readonly zero?: Pick<ZeroPolicy, "scaleToZero" | "requestCount">;
  /** Absent: the limiter is off. */
  readonly gpus?: {
    readonly discovered: GpuPools;
    /** Short accelerator name of each variant. */
    readonly acceleratorOf: ReadonlyMap<string, string>;
  };
}

/** A whole cycle for one model: saturation, targets, enforcer, limiter; each decision with all that held it. */
export function decideModel(input: WvaCycleInput): Decision[] {
  const cycles = byRole(input).map(runSaturation);
  const costs = new Map(
    cycles.flatMap(({ analysis }) => analysis.variants.map(({ variant, cost }) => [variant, cost])),
  );
  let decisions = cycles.flatMap(saturationDecisions);
  if (input.zero !== undefined)
    decisions = enforceZeroOnDecisions(decisions, { ...input.zero, costs, profile: input.profile });
  if (input.gpus !== undefined)
    decisions = limitDecisions(decisions, gpuRequests(input, input.gpus, cycles, decisions), input.gpus.discovered);
  return decisions;
}

/** Main looks at prefill and decode workers apart; older releases know no roles. */
function byRole(input: SaturationInput): SaturationInput[] {
  const roleOf = new Map(input.states.map(({ variant, role = "both" }) => [variant, role]));
  const roles: VariantRole[] = [...new Set(roleOf.values())];
  if (input.profile !== "main" || roles.length < 2) return [input];
  return roles.map((role) => ({
    ...input,
    states: input.states.filter(({ variant }) => roleOf.get(variant) === role),
    replicas: input.replicas.filter(({ variant }) => (roleOf.get(variant) ?? "both") === role),
  }));
}

function gpuRequests(
  { states }: WvaCycleInput,
  { acceleratorOf }: NonNullable<WvaCycleInput["gpus"]>,
  cycles: readonly DecidedCycle[],
  decisions: readonly Decision[],
): GpuRequest[] {
  const saturationOf = new Map(cycles.flatMap(({ analysis }) => analysis.variants.map((one) => [one.variant, one])));
  const stateOf = new Map(states.map((state) => [state.variant, state]));
  return decisions.map(({ subject, from, to }) => ({
    variant: subject,
    accelerator: acceleratorOf.get(subject) ?? "",
    current: from,
    target: to,
    gpusPerReplica: stateOf.get(subject)?.gpusPerReplica ?? 0,
    spare: saturationOf.get(subject)?.avgSpareKv ?? 0,
    cost: saturationOf.get(subject)?.cost ?? 0,
  }));
}
