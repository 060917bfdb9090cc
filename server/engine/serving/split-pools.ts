import { prefillPerDecode, type Transfer, transfer } from "../capacity/transfer.ts";
import {
  type Bytes,
  type BytesPerSecond,
  gigabytesPerSecond,
  type Seconds,
  type Share,
  seconds,
  tokens,
} from "../units.ts";
import { type ReplicaLimits, type RequestShape, uncachedTokens } from "./requests.ts";
import { type SteadyReplica, steadyReplica } from "./steady.ts";
import type { StepLaw } from "./step-time.ts";

/** Links between prefill and decode pods, as others assume them. Real networks reach 60 to 80 % of their rate. */
export const usualTransfers = {
  /** https://github.com/inference-sim/inference-sim */
  blis: { link: gigabytesPerSecond(25), base: seconds(50e-6) },
  /** Dynamo's simulator, within a rack and without contention: https://github.com/ai-dynamo/dynamo */
  dynoSim: { link: gigabytesPerSecond(400), base: seconds(0) },
} as const;

export interface PoolReplica {
  readonly law: StepLaw;
  readonly limits: ReplicaLimits;
}

export interface SplitRequest {
  readonly shape: RequestShape;
  readonly prefill: PoolReplica;
  readonly decode: PoolReplica;
  /** Of all ranks together. */
  readonly bytesPerToken: Bytes;
  readonly link: BytesPerSecond;
  readonly efficiency?: Share;
  readonly base?: Seconds;
}

/** Prompts are read on one pod and answers written on another. */
export interface SplitPools {
  /** One replica of each pool. */
  readonly prefill: SteadyReplica;
  readonly decode: SteadyReplica;
  /** Of one prompt: what it adds to the time of the first token that a user sees. */
  readonly transfer: Transfer;
  /** Prefill replicas for one decode replica, so that neither waits for the other. */
  readonly prefillPerDecode: number;
}

/** A decode pod takes a request when all of its prompt fits: it holds the prompt and computes none of it. */
export function splitPools(request: SplitRequest): SplitPools {
  const { shape, bytesPerToken, link, efficiency, base } = request;
  const prefill = steadyReplica(request.prefill.law, { ...shape, outputTokens: 1 }, request.prefill.limits);
  const decode = steadyReplica(request.decode.law, { ...shape, hitShare: 1 }, request.decode.limits);
  const { decodes, outputTokenTime } = decode.most;
  return {
    prefill,
    decode,
    transfer: transfer({
      length: tokens(shape.inputTokens),
      bytesPerToken,
      link,
      ...(efficiency === undefined ? {} : { efficiency }),
      ...(base === undefined ? {} : { base }),
    }),
    prefillPerDecode: prefillPerDecode({
      uncachedInput: tokens(uncachedTokens(shape)),
      output: tokens(shape.outputTokens - 1),
      prefillTokensPerSecond: prefill.mostRate * uncachedTokens(shape),
      timePerOutputToken: seconds(outputTokenTime),
      decodeBatch: decodes,
    }),
  };
}
