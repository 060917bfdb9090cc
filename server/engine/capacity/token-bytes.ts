import { keepsTokens, type ModelShape, type StateLayers, type TokenLayers } from "../catalogue/model-shape.ts";
import { type BytesPerRank, bytesPerRank } from "../units.ts";
import { bytesOfHead, bytesOfIndexer, bytesOfLatent, type CacheDtype } from "./cache-dtype.ts";
import { layersOfStage, type Parallel } from "./parallel.ts";

export interface TokenBytesRequest {
  readonly model: ModelShape;
  readonly dtype: CacheDtype;
  readonly parallel: Parallel;
  /** Attention layers of a draft that shares the cache: 1 for EAGLE and for MTP. */
  readonly draftLayers?: number;
}

/**
 * Bytes that one token takes in the KV cache of one rank, every layer counted at full length. A rank has its share of the
 * KV heads, at least one; a latent is on each rank whole.
 */
export function bytesPerToken(request: TokenBytesRequest): BytesPerRank {
  return bytesPerRank(sumOver(request, () => true));
}

/** The same of the layers that keep every token: what a further token costs far beyond the windows of the others. */
export function globalBytesPerToken(request: TokenBytesRequest): BytesPerRank {
  return bytesPerRank(sumOver(request, ({ kind }) => kind === "full" || kind === "mla"));
}

function sumOver(
  { model, dtype, parallel, draftLayers = 0 }: TokenBytesRequest,
  counts: (group: TokenLayers) => boolean,
): number {
  const [first] = model.layerGroups.filter(keepsTokens);
  return model.layerGroups
    .filter(keepsTokens)
    .filter(counts)
    .reduce((sum, group) => {
      const layers = layersOfStage(group.layers, parallel.pipeline) + (group === first ? draftLayers : 0);
      return sum + layers * layerBytes(group, dtype, model.elementBytes, parallel.tensor);
    }, 0);
}

/** Bytes of one token in one layer of one rank. */
export function layerBytes(group: TokenLayers, dtype: CacheDtype, elementBytes: number, tensor: number): number {
  if (group.kind === "mla") return bytesOfLatent(group.latentRank, group.ropeDim, dtype, elementBytes);
  const heads = Math.max(1, Math.floor(group.keyValueHeads / tensor));
  return heads * bytesOfHead(group.keyDim, group.valueDim, dtype, elementBytes);
}

/** Bytes of one token in the cache of a sparse layer's indexer. */
export function indexerBytes(group: TokenLayers): number {
  return group.kind === "mla" && group.indexDim !== undefined ? bytesOfIndexer(group.indexDim) : 0;
}

/**
 * Bytes of one state of one linear layer on one rank: the last inputs of its convolution in the model's precision, and
 * the state itself in float32. A draft of n tokens keeps n inputs more. Absent where the layer's sizes are not known.
 */
export function stateBytes(
  { state }: StateLayers,
  tensor: number,
  elementBytes: number,
  draftTokens: number,
): BytesPerRank | undefined {
  if (state === undefined) return undefined;
  const { keyHeads, valueHeads, keyDim, valueDim, convKernel } = state;
  const channels = (2 * keyHeads * keyDim + valueHeads * valueDim) / tensor;
  const inputs = (convKernel - 1 + draftTokens) * channels * elementBytes;
  return bytesPerRank(inputs + ((valueHeads * valueDim * keyDim) / tensor) * 4);
}
