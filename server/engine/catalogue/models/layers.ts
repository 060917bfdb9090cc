import type {
  AttentionLayers,
  Experts,
  LatentLayers,
  ModelShape,
  StateLayers,
  WindowedLayers,
} from "../model-shape.ts";

/** A row of the catalogue: a shape, and the other names under which the same shape is published. */
export interface CatalogueModel extends ModelShape {
  readonly variants?: readonly Variant[];
}

/** A model of the same shape: a base model, a later date, another tuning. */
export interface Variant {
  readonly id: string;
  /** Where it differs from the row. */
  readonly maxPositions?: number;
}

export function full(layers: number, keyValueHeads: number, keyDim: number, valueDim = keyDim): AttentionLayers {
  return { kind: "full", layers, keyValueHeads, keyDim, valueDim };
}

export function sliding(
  layers: number,
  keyValueHeads: number,
  keyDim: number,
  window: number,
  valueDim = keyDim,
): WindowedLayers {
  return { kind: "sliding", layers, keyValueHeads, keyDim, valueDim, window };
}

export function chunkedLocal(layers: number, keyValueHeads: number, dim: number, window: number): WindowedLayers {
  return { kind: "chunked-local", layers, keyValueHeads, keyDim: dim, valueDim: dim, window };
}

/** DeepSeek's latent attention: all of its models use a latent of 512 and a rotary key of 64. */
export function mla(layers: number, indexDim?: number): LatentLayers {
  const shape = { kind: "mla", layers, latentRank: 512, ropeDim: 64 } as const;
  return indexDim === undefined ? shape : { ...shape, indexDim };
}

/** Qwen's gated DeltaNet: 16 key heads of 128, values of 128, a convolution over 4 tokens. */
export function gatedDeltaNet(layers: number, valueHeads: number): StateLayers {
  return {
    kind: "gated-deltanet",
    layers,
    state: { keyHeads: 16, valueHeads, keyDim: 128, valueDim: 128, convKernel: 4 },
  };
}

/** Experts of a gated MLP (three matrices of `hiddenSize x width`), or of a plain one (two), in so many layers. */
export function experts(
  layers: number,
  count: number,
  perToken: number,
  hiddenSize: number,
  width: number,
  matrices = 3,
): Experts {
  return { count, perToken, parameters: layers * count * matrices * hiddenSize * width };
}
