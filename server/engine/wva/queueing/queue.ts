import type { Milliseconds } from "../../units.ts";
import { averagesOf, type QueueShape } from "./chain.ts";
import type { ServiceLaw } from "./law.ts";

/** A replica whose rates are worked out, ready to be asked for any load. */
export interface ReplicaQueue {
  readonly shape: QueueShape;
  readonly law: ServiceLaw;
  /** Requests per millisecond that leave a batch of 1, 2, …. */
  readonly serviceRate: Float64Array;
  /** Per second: a thousandth off an idle replica and off a full one. */
  readonly minRate: number;
  readonly maxRate: number;
}

export interface QueuePerformance {
  /** Per second. */
  readonly throughput: number;
  readonly responseTime: Milliseconds;
  readonly waitTime: Milliseconds;
  readonly prefillTime: Milliseconds;
  readonly itl: Milliseconds;
  readonly ttft: Milliseconds;
  readonly inService: number;
  /** Share of the batch that is in use. */
  readonly utilization: number;
}

/** `pkg/analyzer/queueanalyzer.go`: how near to the ends a rate may come. */
const margin = 0.001;

/** What the arithmetic takes on; a batch of a million requests is no replica. */
export const largestQueue = 1_000_000;

/** Undefined for what cannot be a replica: a batch below 1, a negative queue, answers without a token, times of 0. */
export function replicaQueue(law: ServiceLaw, shape: QueueShape): ReplicaQueue | undefined {
  const { maxBatch, maxQueue } = shape;
  if (!Number.isInteger(maxBatch) || !Number.isInteger(maxQueue) || maxBatch < 1 || maxQueue < 0) return undefined;
  if (maxBatch + maxQueue > largestQueue) return undefined;
  if (!(law.workload.inputTokens >= 0) || !(law.workload.outputTokens >= 1)) return undefined;
  const serviceRate = Float64Array.from({ length: maxBatch }, (_, at) => (at + 1) / law.serviceTime(at + 1));
  if (!serviceRate.every((rate) => rate > 0 && Number.isFinite(rate))) return undefined;
  const minRate = (serviceRate[0] ?? 0) * margin * 1000;
  const maxRate = (serviceRate[maxBatch - 1] ?? 0) * (1 - margin) * 1000;
  return { shape, law, serviceRate, minRate, maxRate };
}

/** What users see of a replica that gets `rate` requests a second. Undefined above its maximum, and at 0. */
export function performanceAt(queue: ReplicaQueue, rate: number): QueuePerformance | undefined {
  if (!(rate > 0) || rate > queue.maxRate) return undefined;
  const { law, serviceRate, shape } = queue;
  const averages = averagesOf(rate / 1000, serviceRate, shape);
  const { prefill, itl, ttft } = law.latencies(averages);
  return {
    throughput: averages.throughput * 1000,
    responseTime: averages.responseTime,
    waitTime: averages.waitTime,
    prefillTime: prefill,
    itl,
    ttft,
    inService: averages.inService,
    utilization: Math.min(1, Math.max(0, averages.inService / shape.maxBatch)),
  };
}
