import { milliseconds } from "../../../server/engine/units.ts";
import { decodeTime, iterationLaw, iterationTime, prefillTime } from "../../../server/engine/wva/queueing/iteration.ts";
import { legacyDecodeTime, legacyPrefillTime } from "../../../server/engine/wva/queueing/legacy.ts";
import { performanceAt, replicaQueue } from "../../../server/engine/wva/queueing/queue.ts";
import { sizeReplica } from "../../../server/engine/wva/queueing/size.ts";
import type { Adapter } from "../adapter.ts";
import { forEachProfile } from "./match.ts";

interface ModelFields {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly avgInputTokens: number;
  readonly avgOutputTokens: number;
}

interface QueueFields extends ModelFields {
  readonly maxBatch: number;
  readonly maxQueue: number;
}

const unreachable = { error: true } as const;

export const queueingAdapters: ReadonlyMap<string, Adapter> = new Map([
  [
    "perf-model",
    forEachProfile<ModelFields & { readonly batch: number }>((vector) => {
      const [parameters, workload] = modelOf(vector);
      return {
        iterationTime: iterationTime(parameters, workload, vector.batch),
        prefillTime: prefillTime(parameters, workload, vector.batch),
        decodeTime: decodeTime(parameters, workload, vector.batch),
      };
    }),
  ],
  [
    "perf-model-legacy",
    forEachProfile<ModelFields & { readonly delta: number; readonly batch: number }>((vector) => {
      const { batch, avgInputTokens, delta } = vector;
      const [parameters] = modelOf(vector);
      return {
        decodeTime: legacyDecodeTime(parameters, batch),
        prefillTime: legacyPrefillTime({ ...parameters, delta: milliseconds(delta) }, avgInputTokens, batch),
      };
    }),
  ],
  [
    "perf-queue",
    forEachProfile<QueueFields & { readonly ratePerSecond: number }>((vector) => {
      const queue = queueOf(vector);
      const performance = queue && performanceAt(queue, vector.ratePerSecond);
      if (queue === undefined || performance === undefined) return unreachable;
      return {
        throughput: performance.throughput,
        avgRespTime: performance.responseTime,
        avgWaitTime: performance.waitTime,
        avgNumInServ: performance.inService,
        avgPrefillTime: performance.prefillTime,
        itl: performance.itl,
        ttft: performance.ttft,
        rho: performance.utilization,
        maxRate: queue.maxRate,
      };
    }),
  ],
  [
    "perf-size",
    forEachProfile<QueueFields & TargetFields>((vector) => {
      const queue = queueOf(vector);
      const targets = { ttft: milliseconds(vector.targetTtft), itl: milliseconds(vector.targetItl) };
      const sized = queue && sizeReplica(queue, { ...targets, tokensPerSecond: vector.targetTps });
      if (sized === undefined || typeof sized === "string") return unreachable;
      return { rateTtft: sized.ttft, rateItl: sized.itl, rateTps: sized.tokensPerSecond, rate: sized.all };
    }),
  ],
]);

interface TargetFields {
  readonly targetTtft: number;
  readonly targetItl: number;
  readonly targetTps: number;
}

function modelOf({ alpha, beta, gamma, avgInputTokens, avgOutputTokens }: ModelFields) {
  const parameters = { alpha: milliseconds(alpha), beta: milliseconds(beta), gamma: milliseconds(gamma) };
  return [parameters, { inputTokens: avgInputTokens, outputTokens: avgOutputTokens }] as const;
}

function queueOf(vector: QueueFields) {
  const { maxBatch, maxQueue } = vector;
  return replicaQueue(iterationLaw(...modelOf(vector)), { maxBatch, maxQueue });
}
