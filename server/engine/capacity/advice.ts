import { share, type Tokens, tokens } from "../units.ts";
import { isEightBit } from "./cache-dtype.ts";
import { type Capacity, type CapacityRequest, capacity, isRefusal } from "./capacity.ts";
import { oneRank } from "./parallel.ts";

/** A change that would make room, and what it would bring: worked out anew with that change alone. */
export interface Trial {
  readonly change:
    | { readonly kind: "max-num-seqs"; readonly to: number }
    | { readonly kind: "utilization"; readonly to: number }
    | { readonly kind: "fp8-cache" }
    | { readonly kind: "max-model-len"; readonly to: number }
    | { readonly kind: "fp8-weights" }
    | { readonly kind: "tensor-parallel"; readonly to: number };
  /** As on vLLM's command line. */
  readonly flag: string;
  /** What it costs, as a clause. */
  readonly costs: string;
  /** Tokens of the KV cache more than now. */
  readonly gain: Tokens;
  readonly after: Capacity;
}

interface Candidate extends Pick<Trial, "change" | "flag" | "costs"> {
  readonly request: CapacityRequest;
}

/**
 * What to try, those changes first that cost least: settings, then precision of the cache, then the length, then the
 * weights, then more GPUs. A change that brings nothing is left out.
 */
export function whatToTry(request: CapacityRequest): Trial[] {
  const now = capacity(request);
  if (isRefusal(now)) return [];
  // A logged capacity is of what runs; a change is worked out, so it must be held against what is worked out.
  const { logged: _, ...unlogged } = request;
  const before = request.logged === undefined ? now : capacity(unlogged);
  if (isRefusal(before)) return [];
  return candidates(unlogged, before).flatMap(({ request: changed, ...said }) => {
    const after = capacity(changed);
    if (isRefusal(after)) return [];
    const gain = after.tokens.value - before.tokens.value;
    const rescues = before.verdict !== "fits" && after.verdict === "fits";
    return gain > 0 || rescues ? [{ ...said, gain: tokens(Math.max(0, gain)), after }] : [];
  });
}

function candidates(request: CapacityRequest, now: Capacity): Candidate[] {
  return [
    ...fewerRequests(request, now),
    ...higherUtilization(request, now),
    ...eightBitCache(request, now),
    ...shorterRequests(request, now),
    ...eightBitWeights(request),
    ...moreRanks(request),
  ];
}

/** Up to 256 requests at once are what one GPU decodes well; the sampler's memory grows with each of them. */
const enoughRequests = 256;

function fewerRequests(request: CapacityRequest, { settled: { maxNumSeqs } }: Capacity): Candidate[] {
  const to = maxNumSeqs > enoughRequests ? enoughRequests : Math.floor(maxNumSeqs / 2);
  if (to < 8) return [];
  const costs = `no more than ${to} requests at once`;
  return [
    {
      change: { kind: "max-num-seqs", to },
      flag: `--max-num-seqs ${to}`,
      costs,
      request: { ...request, maxNumSeqs: to },
    },
  ];
}

/** Beyond this, what is estimated at the start may not be there when it is needed. */
const highestUtilization = 0.95;

function higherUtilization(request: CapacityRequest, { budget }: Capacity): Candidate[] {
  if (budget.utilization.share >= highestUtilization) return [];
  return [
    {
      change: { kind: "utilization", to: highestUtilization },
      flag: `--gpu-memory-utilization ${highestUtilization}`,
      costs: "less room for what is not planned",
      request: { ...request, utilization: share(highestUtilization) },
    },
  ];
}

function eightBitCache(request: CapacityRequest, { settled: { cacheDtype } }: Capacity): Candidate[] {
  if (request.gpu.peak.fp8 === undefined || isEightBit(cacheDtype) || cacheDtype === "nvfp4") return [];
  return [
    {
      change: { kind: "fp8-cache" },
      flag: "--kv-cache-dtype fp8",
      costs: "some accuracy",
      request: { ...request, cacheDtype: "fp8" },
    },
  ];
}

/** Only where one request does not fit: with room for it, the length is no cost until it is used. */
function shorterRequests(request: CapacityRequest, { verdict, startup }: Capacity): Candidate[] {
  if (verdict !== "below-one-request") return [];
  const to = Math.floor(startup.longest / 1024) * 1024;
  if (to < 1024) return [];
  const costs = "longer requests are refused";
  return [
    {
      change: { kind: "max-model-len", to },
      flag: `--max-model-len ${to}`,
      costs,
      request: { ...request, maxModelLen: tokens(to) },
    },
  ];
}

function eightBitWeights(request: CapacityRequest): Candidate[] {
  const stored = request.quantization ?? request.model.quantization;
  if (stored !== undefined || request.gpu.peak.fp8 === undefined) return [];
  return [
    {
      change: { kind: "fp8-weights" },
      flag: "--quantization fp8",
      costs: "some accuracy",
      request: { ...request, quantization: "fp8" },
    },
  ];
}

/** The next degree that the model's heads allow, or the first with which it fits, on up to the GPUs of one node. */
function moreRanks(request: CapacityRequest): Candidate[] {
  const { parallel = oneRank } = request;
  const degrees = [2, 4, 8].filter((degree) => degree > parallel.tensor);
  const possible = degrees.flatMap((to) => {
    const changed = { ...request, parallel: { ...parallel, tensor: to } };
    const answer = capacity(changed);
    return isRefusal(answer) ? [] : [{ to, request: changed, fits: answer.verdict === "fits" }];
  });
  const chosen = possible.find(({ fits }) => fits) ?? possible[0];
  if (chosen === undefined) return [];
  const { to } = chosen;
  const costs = `${to * parallel.pipeline} GPUs instead of ${parallel.tensor * parallel.pipeline}`;
  const change = { kind: "tensor-parallel", to } as const;
  return [{ change, flag: `--tensor-parallel-size ${to}`, costs, request: chosen.request }];
}
