import { type ConcurrencyLimits, detectorDefaults, isFresh, type UtilizationThresholds } from "./detector.ts";
import { type Filter, notBelow } from "./filter.ts";

/** The same thresholds as a filter: endpoints at or above them, stretched by the headroom, get nothing unless all are. */
export function utilizationDetectorFilter(thresholds: UtilizationThresholds = detectorDefaults.utilization): Filter {
  const stretch = 1 + thresholds.headroom;
  return {
    name: "utilization-detector",
    refusal: (endpoint) =>
      isFresh(endpoint, thresholds)
        ? (notBelow("waiting requests", endpoint.waitingRequests, "limit", thresholds.queueDepthThreshold * stretch) ??
          notBelow("kv usage", endpoint.kvUsage, "limit", thresholds.kvCacheUtilThreshold * stretch))
        : { because: "its metrics are stale" },
    whenNoneLeft: "all",
  };
}

/** Leaves none when all are full: the request then waits or fails. */
export function concurrencyDetectorFilter(limits: ConcurrencyLimits = detectorDefaults.concurrency): Filter {
  const stretched = (limit: number) => Math.trunc(limit * (1 + limits.headroom));
  return {
    name: "concurrency-detector",
    refusal: ({ inFlight }) => {
      const requests = notBelow(
        "requests in flight",
        inFlight?.requests ?? 0,
        "limit",
        stretched(limits.maxConcurrency),
      );
      const tokens = notBelow(
        "tokens in flight",
        inFlight?.tokens ?? 0,
        "limit",
        stretched(limits.maxTokenConcurrency),
      );
      if (limits.concurrencyMode === "requests") return requests;
      return limits.concurrencyMode === "tokens" ? tokens : (requests ?? tokens);
    },
    whenNoneLeft: "none",
  };
}
