import { type CacheDtype, dtypeInUse } from "../capacity/cache-dtype.ts";
import type { Gpu } from "../catalogue/gpu.ts";
import type { ModelShape } from "../catalogue/model-shape.ts";
import { denseBand, mixtureBand, type StepBand } from "./band.ts";
import { linkOfPcie, type StepConstants, vllmConstants } from "./constants.ts";
import { contextCost } from "./context-cost.ts";
import { peakFor } from "./precision.ts";
import { weightCost } from "./weight-cost.ts";

/** What one step of the engine has to do. */
export interface StepLoad {
  /** Sequences that get their next token. */
  readonly decodes: number;
  /** Tokens of prompts that are read. */
  readonly promptTokens: number;
  /** Tokens in the cache that the decodes look back at, of all of them together. */
  readonly contextTokens: number;
  /** Tokens that one prompt token looks back at, on the mean. */
  readonly promptContext: number;
}

export interface StepOptions {
  /** Tensor-parallel ranks. */
  readonly tensor: number;
  /** How the weights are stored, where it is not the model's own way. */
  readonly quantization?: string;
  readonly cacheDtype?: CacheDtype;
  readonly constants?: StepConstants;
}

export interface StepLaw {
  /** Seconds of one step. Nothing to do takes no time. */
  stepTime(load: StepLoad): number;
  /** Seconds of so many steps one after another in which nothing is read and nobody comes or goes: each decode gains a token a step. */
  stretchTime(decodes: number, contextTokens: number, steps: number): number;
  /** Seconds before the first token, once a request. */
  readonly apiOverhead: number;
  readonly band: StepBand;
  /** What costs time in this model and is not counted. */
  readonly uncounted: readonly Uncounted[];
}

export type Uncounted = "latent attention" | "state layers" | "expert imbalance" | "sharing of PCIe";

/** The first fact that is needed and not known. */
export interface UnknownStep {
  readonly missing: "weights" | "experts" | "bandwidth" | "peak" | "ranks";
}

export function isUnknownStep(law: StepLaw | UnknownStep): law is UnknownStep {
  return "missing" in law;
}

/**
 * How long a step takes: weights are read once or multiplied, whichever is longer, and beside that the cache is read, prompts
 * look back, ranks exchange their sums, and each layer and each sequence has its price. A smooth maximum (power 4) has no kink.
 */
export function stepLaw(model: ModelShape, gpu: Gpu, options: StepOptions): StepLaw | UnknownStep {
  const { tensor, constants = vllmConstants } = options;
  if (!(tensor >= 1)) return { missing: "ranks" };
  const quantization = options.quantization ?? model.quantization;
  const weights = weightCost(model, quantization);
  if ("missing" in weights) return weights;
  if (gpu.bandwidth === undefined) return { missing: "bandwidth" };
  const peak = peakFor(quantization, gpu);
  if (peak === undefined || gpu.peak.bf16 === undefined) return { missing: "peak" };
  const bandwidth = gpu.bandwidth;
  const dtype = dtypeInUse(model, options.cacheDtype ?? "auto");
  const context = contextCost(model, dtype, tensor);

  const readingByte = 1 / (tensor * bandwidth * constants.weightReading);
  const multiplying = (2 * weights.perToken) / (tensor * peak * constants.matrixProducts);
  const lookingBack = 1 / (bandwidth * constants.cacheReading);
  const attending = 1 / (tensor * gpu.peak.bf16 * constants.promptAttention);
  const exchanging = exchangeTime(model, tensor, (gpu.linkPerDirection ?? linkOfPcie) * constants.allReduce);
  const layers = model.layers * (constants.perLayer + (tensor > 1 ? constants.perLayerOfRanks : 0));
  const perSequence = constants.perSequence;

  /** All but what grows with the context. */
  const fixed = (decodes: number, promptTokens: number) => {
    const tokens = decodes + promptTokens;
    const larger = smoothMaximum(weights.bytesRead(tokens) * readingByte, tokens * multiplying);
    return larger + layers + tokens * exchanging + decodes * perSequence;
  };

  return {
    stepTime({ decodes, promptTokens, contextTokens, promptContext }) {
      if (decodes + promptTokens <= 0) return 0;
      return (
        fixed(decodes, promptTokens) +
        context.bytesRead(decodes, contextTokens) * lookingBack +
        promptTokens * context.operations(promptContext) * attending
      );
    },
    stretchTime(decodes, contextTokens, steps) {
      if (decodes <= 0) return 0;
      return steps * fixed(decodes, 0) + context.bytesReadOver(decodes, contextTokens, steps) * lookingBack;
    },
    apiOverhead: constants.apiOverhead,
    band: model.mixture ? mixtureBand : denseBand,
    uncounted: [
      ...context.uncounted,
      ...(model.mixture ? (["expert imbalance"] as const) : []),
      ...(tensor > 1 && gpu.linkPerDirection === undefined ? (["sharing of PCIe"] as const) : []),
    ],
  };
}

/** Two all-reduces a layer, of activations in 16 bits; in a ring each rank sends twice its share of the others. */
function exchangeTime({ layers, hiddenSize }: ModelShape, tensor: number, link: number): number {
  if (tensor <= 1) return 0;
  return (2 * layers * hiddenSize * 2 * ((2 * (tensor - 1)) / tensor)) / link;
}

/** Square roots are exact to the last bit on every platform; powers are not. */
function smoothMaximum(a: number, b: number): number {
  const [square, other] = [a * a, b * b];
  return Math.sqrt(Math.sqrt(square * square + other * other));
}
