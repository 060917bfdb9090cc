import type { ModelShape } from "../catalogue/model-shape.ts";

/** How a model is spread over GPUs. Tensor x pipeline ranks hold it once; decode-context ranks are among the tensor ranks. */
export interface Parallel {
  readonly tensor: number;
  readonly pipeline: number;
  /** Ranks that share the tokens of one request (DCP). */
  readonly decodeContext: number;
}

export const oneRank: Parallel = { tensor: 1, pipeline: 1, decodeContext: 1 };

export function ranksOf({ tensor, pipeline }: Parallel): number {
  return tensor * pipeline;
}

/**
 * Why vLLM refuses to spread the model so, as a clause. Attention heads must divide evenly; KV heads divide, or are
 * replicated as often as needed (vllm/config/model.py, `verify_with_parallel_config`). A latent is on every rank.
 */
export function parallelMistake(model: ModelShape, { tensor, pipeline, decodeContext }: Parallel): string | undefined {
  const degrees = [tensor, pipeline, decodeContext];
  if (!degrees.every((degree) => Number.isInteger(degree) && degree >= 1))
    return "a degree of parallelism is a whole number from 1 on";
  if (model.attentionHeads % tensor !== 0) {
    return `${model.attentionHeads} attention heads do not divide among ${tensor} ranks`;
  }
  for (const group of model.layerGroups) {
    if (group.kind === "full" || group.kind === "sliding" || group.kind === "chunked-local") {
      const heads = group.keyValueHeads;
      if (heads % tensor !== 0 && tensor % heads !== 0)
        return `${heads} KV heads neither divide among ${tensor} ranks nor repeat evenly`;
    } else if ("state" in group && group.state !== undefined && group.state.keyHeads % tensor !== 0) {
      return `the ${group.state.keyHeads} key heads of its linear layers do not divide among ${tensor} ranks`;
    }
  }
  if (pipeline > model.layers) return `${model.layers} layers do not fill ${pipeline} stages`;
  return tensor % decodeContext === 0
    ? undefined
    : `${decodeContext} context ranks do not divide ${tensor} tensor ranks`;
}

/** The layers of the stage that has the most: it holds the fewest tokens, and all stages hold what it holds. */
export function layersOfStage(layers: number, pipeline: number): number {
  return Math.ceil(layers / pipeline);
}
