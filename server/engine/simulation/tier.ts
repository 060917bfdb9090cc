/** One replica: a pod that serves, or all pods of a group that serve as one. Its name is its pod's. */
export type ReplicaId = string;

/**
 * What serves the traffic. The control loops know nothing else of it, so that a coarse and an exact one can take each other's place.
 * Times are seconds since the start of the run and never go back.
 */
export interface Tier {
  readonly time: number;
  /** Ready, and seen by the router from now on. */
  start(replica: ReplicaId, variant: string): void;
  /** Takes no new requests and finishes those it has, waiting ones included. */
  drain(replica: ReplicaId): void;
  /** Gone. The generations that were cut: whole ones, or as many as are to be expected. */
  kill(replica: ReplicaId): number;
  /** Serves the traffic until then. */
  advance(to: number): void;
  /** Of a replica between its start and its end; draining ones still answer. */
  gauges(replica: ReplicaId): ReplicaGauges;
  routerGauges(): RouterGauges;
  /** What became of the requests that arrived from `from` on and before `to`, and what went on meanwhile. */
  window(from: number, to: number): WindowStats;
}

/** What a replica's metrics page says at this moment. */
export interface ReplicaGauges {
  /** Requests in the batch. */
  readonly running: number;
  /** Requests in the engine's own queue. */
  readonly waiting: number;
  readonly kvTokens: number;
  /** Share of the KV cache that running requests hold, from 0 to 1. */
  readonly kvUsage: number;
  readonly counters: ReplicaCounters;
}

/** They only grow, from the start of the replica. */
export interface ReplicaCounters {
  readonly arrived: number;
  readonly finished: number;
  readonly promptTokens: number;
  /** Of the prompt tokens: found in the prefix cache. */
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly preempted: number;
  /** Seconds to the first token, in all, and of how many requests. */
  readonly ttftSum: number;
  readonly ttftCount: number;
  /** Seconds between tokens, in all, and how many such gaps. */
  readonly itlSum: number;
  readonly itlCount: number;
  /** Seconds in which at least one request ran. */
  readonly busy: number;
}

/** What the endpoint picker's metrics page says. */
export interface RouterGauges {
  /** Requests that flow control holds back; 0 while it is off, and then the series does not exist. */
  readonly held: number;
  /** Requests that were handed to a replica and are not finished. */
  readonly running: number;
  /** Uncached prompt tokens of requests that are not finished (llm-d-router inflight-load-producer: answers are not counted by default). */
  readonly tokensInFlight: number;
  /** Counter: requests that came, whatever became of them. */
  readonly arrived: number;
  /** By the pool's detector; 1 and above is saturated. An empty pool is. */
  readonly saturation: number;
}

export interface WindowStats {
  readonly arrived: number;
  /** Of those that arrived in the window. */
  readonly finished: number;
  readonly dropped: number;
  /** Of those that arrived: whose first token and whose mean gap came within the objectives; unfinished ones did not. */
  readonly withinTtft: number;
  readonly withinItl: number;
  readonly withinBoth: number;
  /** Absent where nothing was served. */
  readonly ttft: Latency | undefined;
  readonly itl: Latency | undefined;
  /** Tokens produced while the window was open. */
  readonly outputTokens: number;
}

/** Seconds. A fluid has no requests, so no percentiles of them: its are those of moments, weighted by what arrived. */
export interface Latency {
  readonly of: "requests" | "moments";
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}
