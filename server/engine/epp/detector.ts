import { type Milliseconds, milliseconds, type Share, share } from "../units.ts";
import type { Endpoint } from "./endpoint.ts";

export interface UtilizationThresholds {
  /** Requests. */
  readonly queueDepthThreshold: number;
  readonly kvCacheUtilThreshold: Share;
  readonly metricsStalenessThreshold: Milliseconds;
  /** Of the filter alone: a share on top of the thresholds. */
  readonly headroom: number;
}

export interface ConcurrencyLimits {
  readonly concurrencyMode: "requests" | "tokens" | "hybrid";
  readonly maxConcurrency: number;
  readonly maxTokenConcurrency: number;
  readonly headroom: number;
}

/** Source: llm-d-router plugins/flowcontrol/saturationdetector, 0.10. */
export const detectorDefaults = {
  utilization: {
    queueDepthThreshold: 5,
    kvCacheUtilThreshold: share(0.8),
    metricsStalenessThreshold: milliseconds(200),
    headroom: 0,
  },
  concurrency: { concurrencyMode: "requests", maxConcurrency: 100, maxTokenConcurrency: 1_000_000, headroom: 0 },
} as const satisfies { utilization: UtilizationThresholds; concurrency: ConcurrencyLimits };

/** What was not scraped lately says nothing. */
export function isFresh(
  { metricsAge }: Endpoint,
  { metricsStalenessThreshold }: Pick<UtilizationThresholds, "metricsStalenessThreshold">,
) {
  return metricsAge !== undefined && metricsAge <= metricsStalenessThreshold;
}
