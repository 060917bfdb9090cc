import { type Milliseconds, milliseconds } from "../../units.ts";

/** A replica as a queue: it serves up to `maxBatch` requests together, `maxQueue` more wait, the rest is turned away. */
export interface QueueShape {
  readonly maxBatch: number;
  readonly maxQueue: number;
}

export interface QueueAverages {
  readonly inSystem: number;
  readonly inService: number;
  /** Served, per millisecond. */
  readonly throughput: number;
  readonly responseTime: Milliseconds;
  readonly serviceTime: Milliseconds;
  readonly waitTime: Milliseconds;
}

/** Far below the largest double, so that a product with one more rate stays finite. */
const tooLarge = 1e250;

/**
 * The averages of a birth-death chain: requests arrive at `arrivalRate`, and of n the first `maxBatch` are served at
 * `serviceRate[n - 1]`, all rates per millisecond.
 */
export function averagesOf(arrivalRate: number, serviceRate: Float64Array, { maxQueue }: QueueShape): QueueAverages {
  const maxBatch = serviceRate.length;
  let probability = 1;
  let all = 1;
  let inSystem = 0;
  let inService = 0;
  for (let n = 1; n <= maxBatch + maxQueue; n++) {
    const served = Math.min(n, maxBatch);
    probability *= arrivalRate / (serviceRate[served - 1] ?? 0);
    all += probability;
    inSystem += n * probability;
    inService += served * probability;
    if (inSystem > tooLarge) {
      probability /= tooLarge;
      all /= tooLarge;
      inSystem /= tooLarge;
      inService /= tooLarge;
    }
  }
  const throughput = arrivalRate * (1 - probability / all);
  const responseTime = inSystem / all / throughput;
  const serviceTime = inService / all / throughput;
  return {
    inSystem: inSystem / all,
    inService: inService / all,
    throughput,
    responseTime: milliseconds(responseTime),
    serviceTime: milliseconds(serviceTime),
    waitTime: milliseconds(Math.max(0, responseTime - serviceTime)),
  };
}
