import { capacity, isRefusal, oneRank } from "../../../../server/engine/capacity/public.ts";
import { usualBatch } from "../../../../server/engine/capacity/vllm-laws.ts";
import { findGpu, findModel, type Gpu, type ModelShape } from "../../../../server/engine/catalogue/public.ts";
import { inGib } from "../../../../server/engine/index.ts";
import {
  burstFirstToken,
  isolatedFirstToken,
  isUnknownStep,
  outputTokenTime,
  type RequestShape,
  type StepLaw,
  steadyReplica,
  stepLaw,
} from "../../../../server/engine/serving/public.ts";
import { plainOutputToken } from "./plain-law.ts";
import type { MeasuredPoint } from "./point.ts";

/** What the engine says of a point, in milliseconds; absent where a fact is not known. */
export interface Prediction {
  readonly outputToken: number;
  /** At a rate the mean; with requests in flight what one of them would see alone. */
  readonly firstToken: number;
  /** With requests in flight, the mean if all of them came at once. */
  readonly burst?: number;
  /** Of the KV cache, as the engine works out how large it is; and requests that wait for a place. */
  readonly cacheUsage?: number;
  readonly waiting?: number;
}

export type Asked = Pick<
  MeasuredPoint,
  "model" | "gpu" | "ranks" | "weights" | "inputTokens" | "outputTokens" | "load" | "maxBatchedTokens"
>;

export function predict(asked: Asked, hitShare = 0): Prediction | undefined {
  const known = knownOf(asked);
  if (known === undefined) return undefined;
  const { law, gpu } = known;
  const shape: RequestShape = { inputTokens: asked.inputTokens, outputTokens: asked.outputTokens, hitShare };
  const batched = asked.maxBatchedTokens ?? usualBatchOf(gpu);
  const { load } = asked;
  if ("rate" in load) {
    // The rows were measured below saturation: whatever the cache holds, there was a place.
    const boundless = { cacheTokens: 1e9, maxNumSeqs: 1024, maxBatchedTokens: batched };
    const state = steadyReplica(law, shape, boundless).at(load.rate);
    return { outputToken: 1000 * state.outputTokenTime, firstToken: 1000 * state.firstTokenTime };
  }
  const full = replicaFull(known, asked, shape, batched, load.requests);
  return {
    outputToken: 1000 * (full?.outputTokenTime ?? outputTokenTime(law, shape, load.requests, batched)),
    firstToken: 1000 * isolatedFirstToken(law, shape, batched),
    burst: 1000 * burstFirstToken(law, shape, load.requests, batched),
    ...(full === undefined ? {} : { cacheUsage: full.cacheUsage, waiting: full.waiting }),
  };
}

/** The same output token by the bare law. */
export function predictPlainly(asked: Asked, hitShare = 0): number | undefined {
  const known = knownOf(asked);
  if (known === undefined) return undefined;
  const { model, gpu } = known;
  return 1000 * plainOutputToken(asked, model, gpu, asked.maxBatchedTokens ?? usualBatchOf(gpu), hitShare);
}

/** The replica as it is when it has more requests than places: then those in their places set the pace. */
function replicaFull(
  { law, model, gpu }: Known,
  { ranks, weights }: Asked,
  shape: RequestShape,
  maxBatchedTokens: number,
  requests: number,
) {
  const quantization = weights === "bf16" ? {} : { quantization: weights };
  const holds = capacity({ model, gpu, parallel: { ...oneRank, tensor: ranks }, ...quantization });
  if (isRefusal(holds)) return undefined;
  const limits = { cacheTokens: holds.tokens.value, maxNumSeqs: holds.settled.maxNumSeqs, maxBatchedTokens };
  const state = steadyReplica(law, shape, limits).holding(requests);
  return state.waiting > 0 && state.running > 0 ? state : undefined;
}

/** Prompt tokens a second while nothing else runs, in chunks of so many. */
export function prefillRate(asked: Omit<Asked, "load" | "outputTokens" | "inputTokens">, chunk: number) {
  const known = knownOf(asked);
  const step = known?.law.stepTime({
    decodes: 0,
    promptTokens: chunk,
    contextTokens: 0,
    promptContext: chunk / 2,
  });
  return step === undefined ? undefined : chunk / step;
}

interface Known {
  readonly law: StepLaw;
  readonly model: ModelShape;
  readonly gpu: Gpu;
}

function knownOf({ model: name, gpu: gpuName, ranks, weights }: Pick<Asked, "model" | "gpu" | "ranks" | "weights">) {
  const found = findModel(sameShape.get(name) ?? name)?.model;
  const gpu = findGpu(gpuName);
  if (found === undefined || gpu === undefined) return undefined;
  const { quantization: _, ...model } = found;
  const law = stepLaw(model, gpu, { tensor: ranks, ...(weights === "bf16" ? {} : { quantization: weights }) });
  return isUnknownStep(law) ? undefined : { law, model, gpu };
}

/** The catalogue leaves this one out: its experts are stored in 4 bits with finer scales than the engine knows. */
const sameShape: ReadonlyMap<string, string> = new Map([["moonshotai/Kimi-K2.5", "moonshotai/Kimi-K2-Instruct"]]);

function usualBatchOf(gpu: Gpu): number {
  return usualBatch(inGib(gpu.physical ?? gpu.sold), gpu.id.startsWith("A100")).maxBatchedTokens;
}
