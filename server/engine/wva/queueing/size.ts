import type { Milliseconds } from "../../units.ts";
import { performanceAt, type QueuePerformance, type ReplicaQueue } from "./queue.ts";

/** What a service promises; 0 leaves it open. */
export interface ServiceTargets {
  readonly ttft: Milliseconds;
  readonly itl: Milliseconds;
  /** Any value above 0 asks for a tenth of headroom below the maximum rate; its size plays no part. */
  readonly tokensPerSecond: number;
}

export interface SizedRate {
  /** Requests per second of one replica that keep each target, and all of them. */
  readonly ttft: number;
  readonly itl: number;
  readonly tokensPerSecond: number;
  readonly all: number;
}

/** pkg/analyzer: what is kept free for a throughput target, and how exact and long the search is. */
const throughputHeadroom = 0.1;
const tolerance = 1e-6;
const steps = 100;

/** The most that one replica can take. A string names the target that no rate can meet; a negative one is such, too. */
export function sizeReplica(queue: ReplicaQueue, targets: ServiceTargets): SizedRate | keyof ServiceTargets {
  const ttft = largestRate(queue, targets.ttft, (performance) => performance.ttft);
  if (ttft === undefined) return "ttft";
  const itl = largestRate(queue, targets.itl, (performance) => performance.itl);
  if (itl === undefined) return "itl";
  if (targets.tokensPerSecond < 0) return "tokensPerSecond";
  const tokensPerSecond = queue.maxRate * (targets.tokensPerSecond > 0 ? 1 - throughputHeadroom : 1);
  return { ttft, itl, tokensPerSecond, all: Math.min(ttft, itl, tokensPerSecond) };
}

function largestRate(queue: ReplicaQueue, target: number, of: (performance: QueuePerformance) => number) {
  if (target < 0) return undefined;
  if (target === 0) return queue.maxRate;
  const value = (rate: number) => {
    const performance = performanceAt(queue, rate);
    return performance === undefined ? Number.NaN : of(performance);
  };
  return search(queue.minRate, queue.maxRate, target, value);
}

/** Where a rising or falling curve meets the target; the far end when it never does, undefined when it starts beyond. */
function search(from: number, to: number, target: number, value: (at: number) => number): number | undefined {
  let [low, high] = [from, to];
  const [first, last] = [value(low), value(high)];
  if (isNear(first, target)) return low;
  if (isNear(last, target)) return high;
  const rising = first < last;
  if (rising ? target < first : target > first) return undefined;
  if (rising ? target > last : target < last) return high;
  let middle = low;
  for (let step = 0; step < steps; step++) {
    middle = (low + high) / 2;
    const found = value(middle);
    if (isNear(found, target)) break;
    if (rising ? target < found : target > found) high = middle;
    else low = middle;
  }
  return middle;
}

function isNear(value: number, target: number): boolean {
  return value === target || Math.abs((value - target) / target) <= tolerance;
}
