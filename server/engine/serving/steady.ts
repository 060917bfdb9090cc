import { firstTokenTime, prefillTime } from "./first-token.ts";
import { outputTokenTime, promptDelay, rateOf } from "./mixing.ts";
import { decodeSteps, meanContext, type ReplicaLimits, type RequestShape } from "./requests.ts";
import type { StepLaw } from "./step-time.ts";

/** One replica under requests that keep coming at one rate. */
export interface SteadyState {
  /** Requests a second that it finishes: the rate, or the most it can. */
  readonly served: number;
  /** Requests that decode, and all that hold a place: those that are prefilled too. */
  readonly decodes: number;
  readonly running: number;
  /** Share of the KV cache that they hold. */
  readonly cacheUsage: number;
  readonly outputTokenTime: number;
  /** Without the wait for a place: there is none below saturation, and no end of it above. */
  readonly firstTokenTime: number;
  /** Of the most it can serve. Above 1 the queue grows. */
  readonly utilization: number;
  readonly isSaturated: boolean;
}

export interface SteadyReplica {
  /** Requests a second, and what then runs. 0 where one request alone does not fit. */
  readonly mostRate: number;
  readonly most: SteadyState;
  /** What bounds it: places, tokens of the cache, or the steps themselves, which prompts alone fill. */
  readonly bound: "sequences" | "cache" | "compute";
  at(rate: number): SteadyState;
  /** With so many requests in its hands, each of which is followed by another one. Those without a place wait. */
  holding(requests: number): SteadyState & { readonly waiting: number };
}

export function steadyReplica(law: StepLaw, shape: RequestShape, limits: ReplicaLimits): SteadyReplica {
  return decodeSteps(shape) > 0 ? decoding(law, shape, limits) : prefilling(law, shape, limits);
}

/** The state is a function of the number of decodes, and each of its figures grows with it: a rate is found by halving. */
function decoding(law: StepLaw, shape: RequestShape, limits: ReplicaLimits): SteadyReplica {
  const { cacheTokens, maxNumSeqs, maxBatchedTokens } = limits;
  const stateOf = (decodes: number): SteadyState => {
    const served = decodes > 0 ? rateOf(law, shape, decodes, maxBatchedTokens) : 0;
    const prefills = served * prefillTime(law, shape, decodes, maxBatchedTokens);
    return {
      served,
      decodes,
      running: decodes + prefills,
      cacheUsage: (decodes * meanContext(shape) + prefills * shape.inputTokens) / cacheTokens,
      outputTokenTime: outputTokenTime(law, shape, decodes, maxBatchedTokens),
      firstTokenTime: firstTokenTime(law, shape, decodes, served, maxBatchedTokens),
      utilization: 0,
      isSaturated: false,
    };
  };
  const fits = ({ running, cacheUsage }: SteadyState) => running <= maxNumSeqs && cacheUsage <= 1;
  const mostDecodes = oneFits(shape, limits) ? lastWhere(maxNumSeqs, (decodes) => fits(stateOf(decodes))) : 0;
  const most = stateOf(mostDecodes);
  const bound = most.running / maxNumSeqs >= most.cacheUsage ? "sequences" : "cache";
  const keeps = (decodes: number, rate: number) =>
    decodes === 0 || rateOf(law, shape, decodes, maxBatchedTokens) <= rate;
  return answering(
    most,
    bound,
    (rate) => stateOf(lastWhere(mostDecodes, (decodes) => keeps(decodes, rate))),
    (requests) => stateOf(lastWhere(mostDecodes, (decodes) => stateOf(decodes).running <= requests)),
  );
}

/** Where no token follows the first one, as on the prefill pods of a split pool, prompts alone fill the steps. */
function prefilling(law: StepLaw, shape: RequestShape, limits: ReplicaLimits): SteadyReplica {
  const { cacheTokens, maxBatchedTokens } = limits;
  const delay = promptDelay(law, shape, 0, maxBatchedTokens);
  const own = prefillTime(law, shape, 0, maxBatchedTokens);
  const mostRate = oneFits(shape, limits) ? 1 / Math.max(delay, Number.MIN_VALUE) : 0;
  const stateOf = (served: number): SteadyState => ({
    served,
    decodes: 0,
    running: served * own,
    cacheUsage: (served * own * shape.inputTokens) / cacheTokens,
    outputTokenTime: 0,
    firstTokenTime: firstTokenTime(law, shape, 0, served, maxBatchedTokens),
    utilization: 0,
    isSaturated: false,
  });
  return answering(stateOf(mostRate), "compute", stateOf, (requests) =>
    stateOf(lastWhere(mostRate, (served) => stateOf(served).running <= requests)),
  );
}

function answering(
  most: SteadyState,
  bound: SteadyReplica["bound"],
  stateAt: (rate: number) => SteadyState,
  stateWith: (requests: number) => SteadyState,
): SteadyReplica {
  const full = { ...most, utilization: 1, isSaturated: true };
  const utilizationAt = (rate: number) =>
    most.served > 0 ? rate / most.served : rate > 0 ? Number.POSITIVE_INFINITY : 0;
  return {
    mostRate: most.served,
    most: full,
    bound,
    at(rate) {
      const utilization = utilizationAt(rate);
      return utilization >= 1 ? { ...full, utilization } : { ...stateAt(rate), utilization };
    },
    holding(requests) {
      if (requests >= most.running) return { ...full, waiting: requests - most.running };
      const state = stateWith(requests);
      return { ...state, utilization: utilizationAt(state.served), waiting: 0 };
    },
  };
}

/** The last token of an answer still needs its place in the cache. */
function oneFits({ inputTokens, outputTokens }: RequestShape, { cacheTokens, maxNumSeqs }: ReplicaLimits): boolean {
  return maxNumSeqs >= 1 && inputTokens + outputTokens <= cacheTokens;
}

/** The largest number up to `most` of which something holds that holds of all smaller ones. */
function lastWhere(most: number, holds: (value: number) => boolean): number {
  if (holds(most)) return most;
  let [low, high] = [0, most];
  // 2^-50 of the whole is below what a double tells apart.
  for (let turn = 0; turn < 50; turn++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
