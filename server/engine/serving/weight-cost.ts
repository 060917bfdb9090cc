import { bytesPerWeight } from "../capacity/weights.ts";
import type { ModelShape } from "../catalogue/model-shape.ts";
import type { UnknownStep } from "./step-time.ts";

/** What a step has to do with the weights, of all ranks together. */
export interface WeightCost {
  /** Bytes that are read for so many tokens. */
  bytesRead(tokens: number): number;
  /** Weights that one token is multiplied with. */
  readonly perToken: number;
}

/** The embedding of the input is looked up, not read: all of a step's weights are the others. */
export function weightCost(model: ModelShape, quantization: string | undefined): WeightCost | UnknownStep {
  const each = bytesPerWeight(quantization, model.elementBytes);
  if (model.parameters === undefined || each === undefined) return { missing: "weights" };
  if (model.mixture) return { missing: "experts" };
  const weights = model.parameters - lookedUp(model);
  return { bytesRead: () => weights * each, perToken: weights };
}

/** Where the output layer is the embedding, that matrix is read whole. */
function lookedUp({ vocabulary = 0, hiddenSize, tiedEmbeddings = false }: ModelShape): number {
  return tiedEmbeddings ? 0 : vocabulary * hiddenSize;
}
