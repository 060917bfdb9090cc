import { findCacheDtype, oneRank, type Parallel } from "../../server/engine/capacity/public.ts";
import { findModel, type LayerGroup, type ModelShape } from "../../server/engine/catalogue/public.ts";
import { type Fields, listIn, maybeNumber, numberIn, textIn } from "./fields.ts";

/** A vector's model in the engine's words. */
export function shapeIn(vector: Fields): ModelShape {
  return {
    id: textIn(vector, "id"),
    layers: numberIn(vector, "num_hidden_layers"),
    attentionHeads: numberIn(vector, "num_attention_heads"),
    keyValueHeads: numberIn(vector, "num_key_value_heads"),
    hiddenSize: numberIn(vector, "hidden_size"),
    elementBytes: 2,
    layerGroups: listIn(vector, "attention_groups").map(groupIn),
    sources: [],
  };
}

function groupIn(group: Fields): LayerGroup {
  const kind = textIn(group, "kind").replaceAll("_", "-");
  const layers = numberIn(group, "layers");
  if (kind === "mla") {
    return { kind, layers, latentRank: numberIn(group, "kv_lora_rank"), ropeDim: numberIn(group, "qk_rope_head_dim") };
  }
  if (kind !== "full" && kind !== "sliding" && kind !== "chunked-local") return { kind, layers } as LayerGroup;
  const heads = {
    layers,
    keyValueHeads: numberIn(group, "kv_heads"),
    keyDim: numberIn(group, "head_dim"),
    valueDim: numberIn(group, "head_dim_v"),
  };
  return kind === "full" ? { kind, ...heads } : { kind, ...heads, window: numberIn(group, "window") };
}

export function parallelIn(vector: Fields): Parallel {
  return { ...oneRank, tensor: maybeNumber(vector, "tp") ?? 1, pipeline: maybeNumber(vector, "pp") ?? 1 };
}

/** The model of a vector, when its text is a model's name and nothing besides. */
export function modelIn(vector: Fields): ModelShape | undefined {
  return findModel(textIn(vector, "model"))?.model;
}

/** `bf16/fp16` is whatever the model has. */
export function dtypeIn(vector: Fields) {
  return findCacheDtype(textIn(vector, "kv_dtype").split(/[/ ]/)[0] ?? "");
}
