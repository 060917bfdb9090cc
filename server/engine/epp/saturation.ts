import type { Comparison } from "../decision/decision.ts";
import { told } from "../decision/sentence.ts";
import { type ConcurrencyLimits, detectorDefaults, isFresh, type UtilizationThresholds } from "./detector.ts";
import type { Endpoint } from "./endpoint.ts";

/** Whether a pool can take more; while it cannot, requests wait in the picker's flow control, or are shed by priority. */
export interface PoolSaturation {
  readonly detector: string;
  /** 1 and above: saturated. */
  readonly value: number;
  readonly saturated: boolean;
  readonly endpoints: readonly { readonly endpoint: string; readonly value: number; readonly because: string }[];
}

/**
 * `utilization-detector`, from router 0.8 on: the mean over endpoints of the fuller of queue and KV cache, each against its threshold.
 * What was not scraped lately counts as full, and so does an empty pool.
 */
export function utilizationSaturation(
  endpoints: readonly Endpoint[],
  thresholds: UtilizationThresholds = detectorDefaults.utilization,
): PoolSaturation {
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
): PoolSaturation {
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
): PoolSaturation {
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

/** In English: `The pool is saturated, by utilization-detector (saturation 1.2 >= full 1). chat-0 1.4: its queue.` */
export function saturationSentence({ detector, value, saturated, endpoints }: PoolSaturation): string {
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

function saturation(detector: string, value: number, endpoints: PoolSaturation["endpoints"]): PoolSaturation {
  return { detector, value, saturated: value >= 1, endpoints };
}
