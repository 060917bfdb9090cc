import type { ConfigFields } from "./config-fields.ts";
import type { ModelShape } from "./model-shape.ts";

/**
 * Parameters of a decoder whose layers are attention and a gated MLP (three matrices), or experts of that form. Absent for
 * any other architecture: a `config.json` does not say how many it has.
 */
export function parametersOf(fields: ConfigFields, shape: ModelShape): number | undefined {
  const width = shape.hiddenSize;
  const wide = fields.number("intermediate_size");
  if (!gated.has(fields.text("model_type") ?? "") || wide === undefined || shape.vocabulary === undefined)
    return undefined;
  const attention = attentionOf(shape);
  if (attention === undefined) return undefined;
  const experts = fields.number("num_local_experts", "num_experts") ?? 0;
  const mlp = experts > 1 ? expertsOf(fields, width, experts, wide) : 3 * width * wide;
  const embeddings = shape.vocabulary * width * (shape.tiedEmbeddings ? 1 : 2);
  return embeddings + shape.layers * (mlp + 2 * width) + attention + width;
}

const gated = new Set([
  "llama",
  "mistral",
  "mixtral",
  "qwen2",
  "qwen3",
  "qwen3_moe",
  "gemma",
  "gemma2",
  "granite",
  "phi3",
  "seed_oss",
]);

function attentionOf({ layerGroups, attentionHeads, hiddenSize }: ModelShape): number | undefined {
  let sum = 0;
  for (const group of layerGroups) {
    if (group.kind !== "full" && group.kind !== "sliding") return undefined;
    const heads = attentionHeads + group.keyValueHeads;
    sum += group.layers * hiddenSize * heads * (group.keyDim + group.valueDim);
  }
  return sum;
}

/** The experts of a layer, and the router that chooses among them. */
function expertsOf(fields: ConfigFields, width: number, experts: number, wide: number): number {
  return experts * 3 * width * (fields.number("moe_intermediate_size") ?? wide) + experts * width;
}
