import { bytesPerWeight } from "../capacity/weights.ts";
import type { Experts, ModelShape } from "../catalogue/model-shape.ts";
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
  const weights = model.parameters - lookedUp(model);
  if (!model.mixture) return { bytesRead: () => weights * each, perToken: weights };
  const { experts } = model;
  if (experts === undefined || experts.parameters > weights) return { missing: "experts" };
  const shared = weights - experts.parameters;
  // MXFP4 is a format of experts: gpt-oss keeps all other weights in 16 bits.
  const eachShared = quantization === "mxfp4" ? model.elementBytes : each;
  return {
    bytesRead: (tokens) => shared * eachShared + experts.parameters * coverage(experts, tokens) * each,
    perToken: shared + experts.parameters * (experts.perToken / experts.count),
  };
}

/** Where the output layer is the embedding, that matrix is read whole. */
function lookedUp({ vocabulary = 0, hiddenSize, tiedEmbeddings = false }: ModelShape): number {
  return tiedEmbeddings ? 0 : vocabulary * hiddenSize;
}

/** The share of the experts that so many tokens need together, if each token chooses evenly and for itself. */
export function coverage({ count, perToken }: Experts, tokens: number): number {
  const missed = 1 - perToken / count;
  const whole = Math.floor(tokens);
  return 1 - power(missed, whole) * (1 - (tokens - whole) * (1 - missed));
}

/** By multiplication alone, which is the same on every platform. */
function power(base: number, exponent: number): number {
  let result = 1;
  for (let [square, rest] = [base, exponent]; rest > 0; square *= square, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
  }
  return result;
}
