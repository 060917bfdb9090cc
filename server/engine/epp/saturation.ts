import type { Comparison } from "../decision/decision.ts";
import { told } from "../decision/sentence.ts";
import { type Milliseconds, milliseconds, type Share, share } from "../units.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Filter, notBelow } from "./filter.ts";

/** Whether a pool can take more; while it cannot, requests wait in the picker's flow control, or are shed by priority. */
export interface Saturation {
  readonly detector: string;
  /** 1 and above: saturated. */
  readonly value: number;
  readonly saturated: boolean;
  readonly endpoints: readonly { readonly endpoint: string; readonly value: number; readonly because: string }[];
}

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

/**
 * `utilization-detector`, from router 0.8 on: the mean over endpoints of the fuller of queue and KV cache, each against its threshold.
 * What was not scraped lately counts as full, and so does an empty pool.
 */
export function utilizationSaturation(
  endpoints: readonly Endpoint[],
  thresholds: UtilizationThresholds = detectorDefaults.utilization,
): Saturation {
  const judged = endpoints.map((endpoint) => {
    if (!isFresh(endpoint, thresholds)) return { endpoint: endpoint.name, value: 1, because: "its metrics are stale" };
    const queue = endpoint.waitingRequests / thresholds.queueDepthThreshold;
    const kv = endpoint.kvUsage / thresholds.kvCacheUtilThreshold;
    return { endpoint: endpoint.name, value: Math.max(queue, kv), because: queue > kv ? "its queue" : "its KV cache" };
  });
  return saturation("utilization-detector", mean(judged.map(({ value }) => value)), judged);
}

/**
 * The detector of Gateway API Inference Extension 1.2 and 1.3 (`saturationDetector` with thresholds inline): saturated only when no
 * endpoint is good, and good is up to the thresholds, both included. (WVA calls a replica saturated at its threshold already.)
 */
export function noneGoodSaturation(
  endpoints: readonly Endpoint[],
  thresholds: Omit<UtilizationThresholds, "headroom"> = detectorDefaults.utilization,
): Saturation {
  const judged = endpoints.map((endpoint) => {
    const because = !isFresh(endpoint, thresholds)
      ? "its metrics are stale"
      : endpoint.waitingRequests > thresholds.queueDepthThreshold
        ? "its queue"
        : endpoint.kvUsage > thresholds.kvCacheUtilThreshold
          ? "its KV cache"
          : "it is good";
    return { endpoint: endpoint.name, value: because === "it is good" ? 0 : 1, because };
  });
  return saturation("none good", judged.some(({ value }) => value === 0) ? 0 : 1, judged);
}

/**
 * `concurrency-detector`: what this picker has in flight, against what all endpoints together may have; `hybrid` takes the fuller of
 * requests and tokens of each and then their mean. Knows no scrape. An empty pool is full.
 */
export function concurrencySaturation(
  endpoints: readonly Endpoint[],
  limits: ConcurrencyLimits = detectorDefaults.concurrency,
): Saturation {
  const because = "what is in flight";
  const judged = endpoints.map((endpoint) => ({
    endpoint: endpoint.name,
    value: inFlightShare(endpoint, limits),
    because,
  }));
  const value =
    limits.concurrencyMode === "hybrid" || endpoints.length === 0
      ? mean(judged.map((one) => one.value))
      : inFlightOfPool(endpoints, limits);
  return saturation("concurrency-detector", value, judged);
}

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

/** In English: `The pool is saturated, by utilization-detector (saturation 1.2 >= full 1). chat-0 1.4: its queue.` */
export function saturationSentence({ detector, value, saturated, endpoints }: Saturation): string {
  const compared: Comparison = {
    left: { name: "saturation", value },
    relation: saturated ? ">=" : "<",
    right: { name: "full", value: 1 },
  };
  const each = endpoints.map(
    ({ endpoint, value: of, because }) => ` ${endpoint} ${Number(of.toPrecision(4))}: ${because}.`,
  );
  return `The pool is ${saturated ? "" : "not "}saturated, by ${detector} (${told(compared)}).${each.join("")}`;
}

function isFresh(
  { metricsAge }: Endpoint,
  { metricsStalenessThreshold }: Pick<UtilizationThresholds, "metricsStalenessThreshold">,
) {
  return metricsAge !== undefined && metricsAge <= metricsStalenessThreshold;
}

function inFlightShare(
  { inFlight }: Endpoint,
  { concurrencyMode, maxConcurrency, maxTokenConcurrency }: ConcurrencyLimits,
): number {
  const requests = (inFlight?.requests ?? 0) / maxConcurrency;
  const tokens = (inFlight?.tokens ?? 0) / maxTokenConcurrency;
  if (concurrencyMode === "hybrid") return Math.max(requests, tokens);
  return concurrencyMode === "tokens" ? tokens : requests;
}

/** In whole numbers first, so that a full pool is exactly full. */
function inFlightOfPool(endpoints: readonly Endpoint[], limits: ConcurrencyLimits): number {
  const tokens = limits.concurrencyMode === "tokens";
  const total = endpoints.reduce(
    (sum, { inFlight }) => sum + ((tokens ? inFlight?.tokens : inFlight?.requests) ?? 0),
    0,
  );
  return total / (endpoints.length * (tokens ? limits.maxTokenConcurrency : limits.maxConcurrency));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 1 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function saturation(detector: string, value: number, endpoints: Saturation["endpoints"]): Saturation {
  return { detector, value, saturated: value >= 1, endpoints };
}
