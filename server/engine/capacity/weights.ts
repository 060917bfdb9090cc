import { keepsTokens, type ModelShape } from "../catalogue/model-shape.ts";
import { type BytesPerRank, bytesPerRank } from "../units.ts";
import { layersOfStage, type Parallel } from "./parallel.ts";

/** Bytes of a quantized weight, its scales included. What is not here is not known. */
const bytesOfWeight: ReadonlyMap<string, number> = new Map([
  ["fp8", 1],
  ["int8", 1],
  // 4 bits, and for each 128 of them a scale of 16 and a zero of 4
  ["awq", 0.5 + 20 / 8 / 128],
  ["gptq", 0.5 + 20 / 8 / 128],
  ["int4", 0.5 + 20 / 8 / 128],
  // 4 bits, and a scale of 8 for each 16 or 32
  ["nvfp4", 0.5 + 1 / 16],
  ["mxfp4", 0.5 + 1 / 32],
]);

export const weightQuantizations: readonly string[] = [...bytesOfWeight.keys()];

/** Bytes of one weight as it is read; absent when the way it is stored is not known. */
export function bytesPerWeight(quantization: string | undefined, elementBytes: number): number | undefined {
  return quantization === undefined ? elementBytes : bytesOfWeight.get(quantization);
}

export interface Weights {
  readonly perRank: BytesPerRank;
  /** Of what is loaded, as a share. */
  readonly error: number;
}

/**
 * Weights of the fullest rank. Tensor ranks share everything; of the pipeline's stages the first has the embedding and the
 * last the output layer besides its layers. Embeddings stay unquantized, with mxfp4 attention does too. Absent when the
 * number of parameters or the way they are stored is not known.
 */
export function weightsOf(
  model: ModelShape,
  quantization: string | undefined,
  { tensor, pipeline }: Parallel,
): Weights | undefined {
  const { parameters, elementBytes } = model;
  const bytesEach = bytesPerWeight(quantization, elementBytes);
  if (parameters === undefined || bytesEach === undefined) return undefined;
  const embedding = (model.vocabulary ?? 0) * model.hiddenSize;
  const embeddings = model.tiedEmbeddings ? embedding : 2 * embedding;
  const plain = quantization === "mxfp4" ? attentionParameters(model) : 0;
  const body = Math.max(0, parameters - embeddings - plain) * bytesEach + plain * elementBytes;
  const stage = body * (layersOfStage(model.layers, pipeline) / model.layers);
  const ends = (pipeline > 1 ? embedding : embeddings) * elementBytes;
  return { perRank: bytesPerRank((stage + ends) / tensor), error: errorOf(quantization, pipeline) };
}

/** 0.84 % on the mean over the models of llm-d-planner PR 205; stages and quantized weights are less even. */
function errorOf(quantization: string | undefined, pipeline: number): number {
  if (quantization !== undefined) return 0.05;
  return pipeline > 1 ? 0.03 : 0.01;
}

/** Query, key, value and output of all layers with heads. */
function attentionParameters({ layerGroups, attentionHeads, hiddenSize }: ModelShape): number {
  return layerGroups.filter(keepsTokens).reduce((sum, group) => {
    if (group.kind === "mla") return sum;
    const queries = attentionHeads * (group.keyDim + group.valueDim);
    const keys = group.keyValueHeads * (group.keyDim + group.valueDim);
    return sum + group.layers * hiddenSize * (queries + keys);
  }, 0);
}
