import type { ReplicaCounters } from "../simulation/tier.ts";

export type Counters = { -readonly [name in keyof ReplicaCounters]: number };

export function newCounters(): Counters {
  return {
    arrived: 0,
    finished: 0,
    promptTokens: 0,
    cachedTokens: 0,
    outputTokens: 0,
    preempted: 0,
    ttftSum: 0,
    ttftCount: 0,
    itlSum: 0,
    itlCount: 0,
    busy: 0,
  };
}
