import { type Endpoint, heldAdapters, type InferenceRequest } from "./endpoint.ts";

/** Scores endpoints, in their order; undefined: says nothing about this one, which then gets no points. */
export interface Scorer {
  readonly name: string;
  readonly scores: (endpoints: readonly Endpoint[], request: InferenceRequest) => readonly (number | undefined)[];
}

const each = (name: string, score: (endpoint: Endpoint, request: InferenceRequest) => number): Scorer => ({
  name,
  scores: (endpoints, request) => endpoints.map((endpoint) => score(endpoint, request)),
});

/**
 * The share of the prompt that is cached there. With `matchLengthWeight` the cached length counts too, squared, as attention grows
 * (llm-d-router scorer/prefix).
 */
export function prefixScorer({ matchLengthWeight = 0, matchLengthScaleTokens = 8192 } = {}): Scorer {
  return each("prefix-cache-scorer", ({ prefixHit = 0 }, { promptTokens }) => {
    if (promptTokens <= 0) return 0;
    const ratio = prefixHit / promptTokens;
    const length = Math.min(1, prefixHit / matchLengthScaleTokens) ** 2;
    return matchLengthWeight * length + (1 - matchLengthWeight) * ratio;
  });
}

/** From the shortest queue (1) to the longest (0) of those that were scraped; all alike: 1 (llm-d-router scorer/queuedepth). */
export const queueScorer = fewestFirst("queue-scorer", ({ waitingRequests }) => waitingRequests);

/** llm-d-router scorer/runningrequests. */
export const runningScorer = fewestFirst("running-requests-size-scorer", ({ runningRequests }) => runningRequests);

/** llm-d-router scorer/kvcacheutilization. */
export const kvScorer = each("kv-cache-utilization-scorer", ({ kvUsage }) => 1 - kvUsage);

/** Half a point without a queue, none from `threshold` on (llm-d-router scorer/loadaware). */
export function loadAwareScorer(threshold = 128): Scorer {
  return each(
    "load-aware-scorer",
    ({ waitingRequests }) => 0.5 * (1 - Math.min(waitingRequests, threshold) / threshold),
  );
}

/** By what this picker has in flight; idle endpoints get all, the busiest none (llm-d-router scorer/activerequest). */
export function activeRequestScorer({ idleThreshold = 0, maxBusyScore = 1 } = {}): Scorer {
  const count = ({ inFlight }: Endpoint) => inFlight?.requests ?? 0;
  return {
    name: "active-request-scorer",
    scores: (endpoints) => {
      const most = endpoints.reduce((max, endpoint) => Math.max(max, count(endpoint)), 0);
      return endpoints.map((endpoint) => {
        const requests = count(endpoint);
        return requests <= idleThreshold ? 1 : ((most - requests) / most) * maxBusyScore;
      });
    },
  };
}

/** By tokens in flight and those that this request would bring uncached (llm-d-router scorer/tokenload). */
export function tokenLoadScorer(queueThresholdTokens = 4_194_304): Scorer {
  return each("token-load-scorer", ({ inFlight, prefixHit = 0 }, { promptTokens }) => {
    const load = (inFlight?.tokens ?? 0) + Math.max(0, promptTokens - prefixHit);
    return 1 - Math.min(load, queueThresholdTokens) / queueThresholdTokens;
  });
}

/** Loaded; room for it; about to be loaded; none of these (llm-d-router scorer/loraaffinity). */
export const loraScorer = each("lora-affinity-scorer", ({ adapters }, { model }) => {
  if (adapters === undefined) return 0;
  if (adapters.active.includes(model)) return 1;
  if (heldAdapters(adapters) < adapters.slots) return 0.8;
  return adapters.waiting.includes(model) ? 0.6 : 0;
});

function fewestFirst(name: string, count: (endpoint: Endpoint) => number): Scorer {
  return {
    name,
    scores: (endpoints) => {
      const scraped = endpoints.filter(({ metricsAge }) => metricsAge !== undefined);
      const least = scraped.reduce((min, endpoint) => Math.min(min, count(endpoint)), Number.POSITIVE_INFINITY);
      const most = scraped.reduce((max, endpoint) => Math.max(max, count(endpoint)), Number.NEGATIVE_INFINITY);
      return endpoints.map((endpoint) => {
        if (endpoint.metricsAge === undefined) return undefined;
        return most === least ? 1 : (most - count(endpoint)) / (most - least);
      });
    },
  };
}
