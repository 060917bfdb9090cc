import { expertsOf } from "./config-experts.ts";
import { ConfigFields } from "./config-fields.ts";
import { layerGroupsOf } from "./config-layers.ts";
import { parametersOf } from "./config-parameters.ts";
import { quantizationOf } from "./config-quantization.ts";
import type { ModelShape } from "./model-shape.ts";

export type ConfigReading =
  | { readonly shape: ModelShape }
  /** Fields that are needed and not there, or that have a value nobody can use. */
  | { readonly missing: readonly string[] };

/** No model has more layers: a hostile number must not become a list. */
const deepest = 4096;

/**
 * The shape that a `config.json` of Hugging Face describes. Nothing is guessed: where a field decides and is not there,
 * its name is the answer. The content may be anything.
 */
export function shapeFromConfig(config: unknown, id: string): ConfigReading {
  const fields = new ConfigFields(config);
  const layers = fields.need("num_hidden_layers", "n_layer", "num_layers", "n_layers");
  if (layers > deepest) fields.miss("num_hidden_layers");
  const attentionHeads = fields.need("num_attention_heads", "n_head", "n_heads");
  const hiddenSize = fields.need("hidden_size", "n_embd", "d_model");
  const keyValueHeads = keyValueHeadsOf(fields, attentionHeads);
  const elementBytes = elementBytesOf(fields);
  const layerGroups = layerGroupsOf(fields, { layers, attentionHeads, hiddenSize, keyValueHeads });
  if (fields.missing.length > 0) return { missing: [...new Set(fields.missing)] };
  const shape: ModelShape = {
    id,
    layers,
    attentionHeads,
    keyValueHeads,
    hiddenSize,
    elementBytes,
    layerGroups,
    sources: [`config.json of ${id}`],
    ...optional("maxPositions", fields.number("max_position_embeddings", "n_positions", "max_seq_len")),
    ...optional("vocabulary", fields.number("vocab_size")),
    ...optional("quantization", quantizationOf(fields)),
    ...(fields.flag("tie_word_embeddings") ? { tiedEmbeddings: true } : {}),
    ...(isMixture(fields) ? { mixture: true } : {}),
    ...optional("experts", expertsOf(fields, layers, hiddenSize)),
    ...(fields.isNested ? { multimodal: true } : {}),
  };
  return { shape: { ...shape, ...optional("parameters", parametersOf(fields, shape)) } };
}

/** Older architectures have no such field: their attention is one to one, or has one KV head for all (`multi_query`). */
function keyValueHeadsOf(fields: ConfigFields, attentionHeads: number): number {
  const said = fields.number("num_key_value_heads", "num_kv_heads", "n_head_kv", "num_query_groups");
  if (fields.flag("multi_query") && !fields.flag("new_decoder_architecture")) return 1;
  if (said !== undefined) return said;
  if (fields.number("kv_lora_rank") !== undefined || oneToOne.has(fields.text("model_type") ?? ""))
    return attentionHeads;
  return fields.need("num_key_value_heads");
}

const oneToOne = new Set(["gpt2", "gptj", "gpt_neox", "opt", "bloom", "codegen"]);

/** vLLM runs float32 checkpoints in 16 bits. */
function elementBytesOf(fields: ConfigFields): number {
  const dtype =
    fields.text("torch_dtype") ?? fields.text("dtype") ?? fields.outerText("torch_dtype") ?? fields.outerText("dtype");
  if (dtype !== undefined && /^(?:torch\.)?(?:b?float16|float32)$/.test(dtype)) return 2;
  fields.miss("torch_dtype");
  return 2;
}

function isMixture(fields: ConfigFields): boolean {
  return (fields.number("num_local_experts", "num_experts", "n_routed_experts") ?? 0) > 1;
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value };
}
