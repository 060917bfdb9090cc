import { type Share, type Tokens, tokens } from "../../units.ts";
import type { WvaProfile } from "../profiles.ts";
import type { VariantState } from "../variant.ts";
import { integerMedian, type RequestTokens } from "./estimate.ts";
import type { TokenKnowledge } from "./knowledge.ts";
import { type Measured, type Memory, measure } from "./measure.ts";
import { storedCapacity } from "./stored.ts";

export interface TokenThresholds {
  readonly kvCacheThreshold: number;
  readonly queueLengthThreshold: number;
  /** Utilization above which more is needed; 0 asks for nothing. */
  readonly scaleUpThreshold: number;
  /** Utilization below which something can go; 0 gives nothing back. */
  readonly scaleDownBoundary: number;
}

export interface ReplicaTokens extends RequestTokens {
  readonly variant: string;
  readonly accelerator: string;
  readonly cost: number;
  readonly tokensInUse: Tokens;
  /** All of its KV cache; without it the replica is left out. */
  readonly totalKvTokens: Tokens;
  readonly queueLength: number;
  readonly prefixCacheHitRate: Share;
}

/** Requests that wait in llm-d's scheduler, before any replica. */
export interface SchedulerQueue {
  readonly size: number;
  readonly bytes: number;
}

export interface TokenInput {
  readonly thresholds: TokenThresholds;
  readonly replicas: readonly ReplicaTokens[];
  readonly states: readonly VariantState[];
  readonly knowledge: TokenKnowledge;
  readonly schedulerQueue?: SchedulerQueue;
  readonly profile: WvaProfile;
}

export interface VariantCapacity {
  readonly variant: string;
  readonly accelerator: string;
  /** Of its first replica; 0 when none reports, which makes such a variant the cheapest of all. */
  readonly cost: number;
  readonly ready: number;
  readonly pending: number;
  readonly perReplica: Tokens;
  readonly supply: Tokens;
  readonly demand: Tokens;
}

export interface TokenAnalysis {
  readonly variants: readonly VariantCapacity[];
  /** Of ready replicas. */
  readonly supply: Tokens;
  /** Of ready and pending replicas. */
  readonly anticipatedSupply: Tokens;
  readonly demand: Tokens;
  readonly utilization: number;
  /** Missing at the upper threshold; 0 when nothing is. */
  readonly required: Tokens;
  /** To spare at the lower boundary; 0 when nothing is. */
  readonly spare: Tokens;
}

/** WVA's token-based analysis, and what it knows afterwards. */
export function analyzeTokens(input: TokenInput): {
  readonly analysis: TokenAnalysis;
  readonly knowledge: TokenKnowledge;
} {
  const { thresholds, replicas, knowledge } = input;
  const memory: Memory = { records: new Map(knowledge.records), observations: new Map(knowledge.observations) };
  const measured = measure(input, memory);
  const workload = meanRequest(replicas);
  const firstOf = new Map([...replicas].reverse().map((replica) => [replica.variant, replica]));
  const variants = input.states.map((state) => {
    const own = measured.get(state.variant) ?? [];
    const first = firstOf.get(state.variant);
    return capacityOf(state, own, first, storedCapacity(state, first, memory, thresholds, workload));
  });
  let supply = 0;
  let anticipated = 0;
  let demand = 0;
  for (const variant of variants) {
    supply += variant.supply;
    demand += variant.demand;
    anticipated += (variant.ready + variant.pending) * variant.perReplica;
  }
  demand += schedulerDemand(input.schedulerQueue, workload);
  const { scaleUpThreshold: up, scaleDownBoundary: down } = thresholds;
  const analysis = {
    variants,
    supply: tokens(supply),
    anticipatedSupply: tokens(anticipated),
    demand: tokens(demand),
    utilization: supply > 0 ? demand / supply : 0,
    required: tokens(up > 0 ? Math.max(0, demand / up - anticipated) : 0),
    spare: tokens(down > 0 ? Math.max(0, supply - demand / down) : 0),
  };
  return { analysis, knowledge: memory };
}

/** Of the replicas that say anything about lengths. */
function meanRequest(replicas: readonly ReplicaTokens[]): RequestTokens & { readonly hitRate: number } {
  let [input, output, hits, count] = [0, 0, 0, 0];
  for (const { avgInputTokens, avgOutputTokens, prefixCacheHitRate } of replicas) {
    if (avgInputTokens <= 0 && avgOutputTokens <= 0) continue;
    input += avgInputTokens;
    output += avgOutputTokens;
    hits += prefixCacheHitRate;
    count += 1;
  }
  const of = Math.max(1, count);
  return { avgInputTokens: input / of, avgOutputTokens: output / of, hitRate: hits / of };
}

function capacityOf(
  state: VariantState,
  measured: readonly Measured[],
  first: ReplicaTokens | undefined,
  stored: number,
): VariantCapacity {
  const ready = Math.max(0, state.current - state.pending);
  const perReplica = measured.length > 0 ? integerMedian(measured.map(({ capacity }) => capacity)) : stored;
  let demand = 0;
  for (const one of measured) demand += one.demand;
  return {
    variant: state.variant,
    accelerator: first?.accelerator ?? "",
    cost: first?.cost ?? 0,
    ready,
    pending: state.pending,
    perReplica: tokens(perReplica),
    supply: tokens(ready * perReplica),
    demand: tokens(demand),
  };
}

/** A token of a request body is about four bytes long (BytesPerToken of saturation_v2). */
export const bytesPerToken = 4;

function schedulerDemand(
  queue: SchedulerQueue | undefined,
  { avgInputTokens, avgOutputTokens, hitRate }: RequestTokens & { readonly hitRate: number },
): number {
  if (queue === undefined) return 0;
  const prompts = Math.max(queue.bytes / bytesPerToken, queue.size * avgInputTokens) * (1 - hitRate);
  return prompts + queue.size * avgOutputTokens;
}
