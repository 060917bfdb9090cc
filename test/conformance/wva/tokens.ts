import { share, tokens } from "../../../server/engine/units.ts";
import {
  analyzeTokens,
  type SchedulerQueue,
  type TokenAnalysis,
  type TokenThresholds,
} from "../../../server/engine/wva/v2/analyze.ts";
import { type EngineParameters, engineParameters } from "../../../server/engine/wva/v2/engine-arguments.ts";
import {
  estimateCapacity,
  integerMedian,
  mean,
  observed,
  outputBucket,
} from "../../../server/engine/wva/v2/estimate.ts";
import { type CapacityRecord, noKnowledge, type TokenKnowledge } from "../../../server/engine/wva/v2/knowledge.ts";
import { optimizeCost, type SizedVariant } from "../../../server/engine/wva/v2/optimize.ts";
import type { VariantState } from "../../../server/engine/wva/variant.ts";
import type { Adapter } from "../adapter.ts";
import { fieldsOf, forEachProfile } from "./match.ts";

interface StepFields {
  readonly replicas: readonly {
    readonly variant: string;
    readonly accelerator?: string;
    readonly cost?: number;
    readonly tokensInUse: number;
    readonly totalKvCapacityTokens: number;
    readonly queue: number;
    readonly avgInputTokens: number;
    readonly avgOutputTokens: number;
    readonly prefixCacheHitRate?: number;
  }[];
  readonly variantStates: readonly Partial<VariantState>[];
  readonly schedulerQueue?: SchedulerQueue | null;
}

interface RecordFields {
  readonly learnedFrom: CapacityRecord["learnedFrom"];
  readonly accelerator: string;
  readonly gpuCount: number;
  readonly effectiveCapacity?: number;
  readonly totalKvCapacityTokens?: number;
  readonly params?: ParameterFields | null;
}

type ParameterFields = Partial<Omit<EngineParameters, "maxBatchedTokens">> & { readonly maxBatchedTokens?: number };

interface AnalyzeFields {
  readonly config: TokenThresholds;
  readonly steps: readonly StepFields[];
  readonly store?: Record<string, RecordFields>;
  readonly schedulerQueue?: SchedulerQueue | null;
}

export const tokenAdapters: ReadonlyMap<string, Adapter> = new Map([
  [
    "v2-analyze",
    forEachProfile<AnalyzeFields>((vector, profile) => {
      let knowledge: TokenKnowledge = { ...noKnowledge, records: recordsOf(vector.store) };
      let analysis: TokenAnalysis | undefined;
      for (const { replicas, variantStates, schedulerQueue = vector.schedulerQueue } of vector.steps)
        ({ analysis, knowledge } = analyzeTokens({
          thresholds: vector.config,
          replicas: replicas.map(replicaOf),
          states: variantStates.map(stateOf),
          knowledge,
          ...(schedulerQueue ? { schedulerQueue } : {}),
          profile,
        }));
      return analysis && analysisFields(analysis);
    }),
  ],
  [
    "v2-estimate",
    forEachProfile<{ readonly params: ParameterFields | null; avgInputTokens: number; avgOutputTokens: number }>(
      ({ params, avgInputTokens, avgOutputTokens }) =>
        estimateCapacity(parametersOf(params), { avgInputTokens, avgOutputTokens }),
    ),
  ],
  ["v2-median", forEachProfile<{ readonly values: readonly number[] }>(({ values }) => integerMedian(values))],
  [
    "v2-output-bucket",
    forEachProfile<{ readonly avgOutputTokens: number }>(({ avgOutputTokens }) => outputBucket(avgOutputTokens)),
  ],
  [
    "v2-rolling-average",
    forEachProfile<{ readonly window: number; readonly values: readonly number[] }>(({ window, values }) => {
      const kept = values.reduce<readonly number[]>((past, value) => observed(past, value, window), []);
      return { average: mean(kept), length: kept.length };
    }),
  ],
  [
    "v2-batched-tokens",
    forEachProfile<{ readonly args: readonly string[]; readonly envVllmUseV1: string | null }>(
      ({ args, envVllmUseV1 }) =>
        engineParameters({ args, ...(envVllmUseV1 === null ? {} : { useV1: envVllmUseV1 }) }).maxBatchedTokens,
    ),
  ],
  [
    "v2-optimize",
    forEachProfile<OptimizeFields>(({ requiredCapacity, spareCapacity, variants, variantStates }, profile) => {
      const sized = variants.map(({ perReplicaCapacity, ...one }) => ({ ...one, perReplica: perReplicaCapacity }));
      const gap = { required: requiredCapacity, spare: spareCapacity, variants: sized };
      return { targets: fieldsOf(optimizeCost(gap, variantStates, profile)) };
    }),
  ],
]);

interface OptimizeFields {
  readonly requiredCapacity: number;
  readonly spareCapacity: number;
  readonly variants: readonly (Omit<SizedVariant, "perReplica"> & { readonly perReplicaCapacity: number })[];
  readonly variantStates: readonly VariantState[];
}

function analysisFields(analysis: TokenAnalysis) {
  const { variants, supply, anticipatedSupply, demand, utilization, required, spare } = analysis;
  return {
    perReplicaCapacity: Object.fromEntries(variants.map(({ variant, perReplica }) => [variant, perReplica])),
    perVariant: Object.fromEntries(variants.map(({ variant, ...one }) => [variant, one])),
    variantCount: variants.length,
    totalSupply: supply,
    totalAnticipatedSupply: anticipatedSupply,
    totalDemand: demand,
    utilization,
    requiredCapacity: required,
    spareCapacity: spare,
  };
}

function replicaOf(replica: StepFields["replicas"][number]) {
  const { tokensInUse, totalKvCapacityTokens, queue, accelerator = "", cost = 0, prefixCacheHitRate = 0 } = replica;
  return {
    variant: replica.variant,
    accelerator,
    cost,
    tokensInUse: tokens(tokensInUse),
    totalKvTokens: tokens(totalKvCapacityTokens),
    queueLength: queue,
    avgInputTokens: replica.avgInputTokens,
    avgOutputTokens: replica.avgOutputTokens,
    prefixCacheHitRate: share(prefixCacheHitRate),
  };
}

function stateOf(state: Partial<VariantState>): VariantState {
  return { variant: "", current: 0, desired: 0, pending: 0, ...state };
}

function recordsOf(store: Record<string, RecordFields> = {}): ReadonlyMap<string, CapacityRecord> {
  return new Map(Object.entries(store).map(([variant, record]) => [variant, recordOf(record)]));
}

function recordOf(record: RecordFields): CapacityRecord {
  return {
    learnedFrom: record.learnedFrom,
    accelerator: record.accelerator,
    gpus: record.gpuCount,
    capacity: tokens(record.effectiveCapacity ?? 0),
    totalKvTokens: tokens(record.totalKvCapacityTokens ?? 0),
    engine: parametersOf(record.params),
  };
}

/** Parameters that a vector leaves out are zero there, not vLLM's. */
function parametersOf(params: ParameterFields | null | undefined): EngineParameters | undefined {
  if (params == null) return undefined;
  return {
    gpuMemoryUtilization: 0,
    blockSize: 0,
    kvCacheDtype: "",
    tensorParallelSize: 0,
    gpuBlocksOverride: 0,
    maxNumSeqs: 0,
    ...params,
    maxBatchedTokens: tokens(params.maxBatchedTokens ?? 0),
  };
}
