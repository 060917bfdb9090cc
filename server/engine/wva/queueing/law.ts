import type { Milliseconds } from "../../units.ts";

/** How long requests take in a batch, and what users see of it. Two generations of WVA have each their own. */
export interface ServiceLaw {
  readonly workload: Workload;
  /** Time that a request spends in service when `batch` of them are. */
  serviceTime(batch: number): Milliseconds;
  latencies(average: AverageState): Latencies;
}

export interface AverageState {
  readonly inService: number;
  readonly serviceTime: Milliseconds;
  readonly waitTime: Milliseconds;
}

export interface Latencies {
  readonly prefill: Milliseconds;
  readonly ttft: Milliseconds;
  readonly itl: Milliseconds;
}

/** Mean lengths of the requests of a workload. */
export interface Workload {
  readonly inputTokens: number;
  readonly outputTokens: number;
}
