import type { ConfigFields } from "./config-fields.ts";
import type { AttentionLayers, LayerGroup, StateLayers, WindowedLayers } from "./model-shape.ts";

interface Sizes {
  readonly layers: number;
  readonly attentionHeads: number;
  readonly hiddenSize: number;
  readonly keyValueHeads: number;
}

/** What a layer keeps, as the file names it. */
type Memory = "full" | "sliding" | "chunked-local" | "linear" | "mamba1" | "mamba2" | "mlp-only" | "moe-only";

/** The layers by what they keep. A latent comes first: such files carry head sizes that mean nothing for the cache. */
export function layerGroupsOf(fields: ConfigFields, sizes: Sizes): LayerGroup[] {
  const latentRank = fields.number("kv_lora_rank");
  if (latentRank !== undefined) return latentLayers(fields, latentRank, sizes.layers);
  const pattern = patternOf(fields, sizes.layers);
  const dim = headDim(fields, sizes);
  const counts = new Map<Memory, number>();
  for (const memory of pattern) counts.set(memory, (counts.get(memory) ?? 0) + 1);
  return [...counts].map(([memory, layers]) => groupOf(memory, layers, fields, sizes, dim));
}

function latentLayers(fields: ConfigFields, latentRank: number, layers: number): LayerGroup[] {
  const ropeDim = fields.need("qk_rope_head_dim");
  const indexDim = fields.number("index_head_dim");
  const linear = fields.part("linear_attn_config")?.list("kda_layers")?.length ?? 0;
  const latent = { kind: "mla", layers: layers - linear, latentRank, ropeDim } as const;
  const own: LayerGroup = indexDim === undefined ? latent : { ...latent, indexDim };
  return linear === 0 ? [own] : [own, { kind: "kda", layers: linear }];
}

function headDim(fields: ConfigFields, { hiddenSize, attentionHeads }: Sizes): number {
  const said = fields.number("head_dim", "attention_head_dim", "kv_channels");
  if (said !== undefined) return said;
  const divided = hiddenSize / attentionHeads;
  // These have another size when the file is silent (their classes' defaults in transformers).
  const isOwn = /^(?:gemma|qwen3|gpt_oss|glm4|seed_oss|minimax)/.test(fields.text("model_type") ?? "");
  if (!isOwn && Number.isInteger(divided)) return divided;
  // What it follows from may be missing itself.
  if (fields.missing.length === 0) fields.miss("head_dim");
  return 1;
}

function groupOf(memory: Memory, layers: number, fields: ConfigFields, sizes: Sizes, dim: number): LayerGroup {
  switch (memory) {
    case "full":
      return fullLayers(fields, layers, sizes, dim);
    case "sliding":
    case "chunked-local":
      return windowedLayers(memory, fields, layers, sizes, dim);
    case "linear":
      return linearLayers(fields, layers);
    default:
      return { kind: memory, layers };
  }
}

/** Gemma 4 has other heads in its global layers. */
function fullLayers(fields: ConfigFields, layers: number, { keyValueHeads }: Sizes, dim: number): AttentionLayers {
  const keyDim = fields.number("global_head_dim") ?? dim;
  const heads = fields.number("num_global_key_value_heads") ?? keyValueHeads;
  return { kind: "full", layers, keyValueHeads: heads, keyDim, valueDim: fields.number("v_head_dim") ?? keyDim };
}

/** MiMo has other heads in its windowed layers. */
function windowedLayers(
  kind: "sliding" | "chunked-local",
  fields: ConfigFields,
  layers: number,
  { keyValueHeads }: Sizes,
  dim: number,
): WindowedLayers {
  const keyDim = fields.number("swa_head_dim") ?? dim;
  return {
    kind,
    layers,
    keyValueHeads: fields.number("swa_num_key_value_heads") ?? keyValueHeads,
    keyDim,
    valueDim: fields.number("swa_v_head_dim") ?? fields.number("v_head_dim") ?? keyDim,
    window:
      kind === "sliding" ? fields.need("sliding_window", "sliding_window_size") : fields.need("attention_chunk_size"),
  };
}

function linearLayers(fields: ConfigFields, layers: number): StateLayers {
  return {
    kind: "gated-deltanet",
    layers,
    state: {
      keyHeads: fields.need("linear_num_key_heads"),
      valueHeads: fields.need("linear_num_value_heads"),
      keyDim: fields.need("linear_key_head_dim"),
      valueDim: fields.need("linear_value_head_dim"),
      convKernel: fields.need("linear_conv_kernel_dim"),
    },
  };
}

const names: ReadonlyMap<string, Memory> = new Map([
  ["full_attention", "full"],
  ["attention", "full"],
  ["sliding_attention", "sliding"],
  ["chunked_attention", "chunked-local"],
  ["linear_attention", "linear"],
  ["mamba", "mamba2"],
]);

/** What each layer keeps. Every way in which files say so; where several are possible and nothing is said, it is missing. */
function patternOf(fields: ConfigFields, layers: number): readonly Memory[] {
  const listed = listedLayers(fields, layers);
  if (listed !== undefined) return listed;
  const every = fields.number("full_attention_interval", "sliding_window_pattern");
  if (fields.number("full_attention_interval") !== undefined) return everyNth(layers, every ?? 1, "linear");
  const period = fields.number("attn_layer_period");
  if (period !== undefined) return everyNth(layers, period, "mamba1");
  if (fields.has("attention_chunk_size")) return everyNth(layers, 4, "chunked-local");
  const usesWindow =
    fields.has("sliding_window") && fields.has("use_sliding_window")
      ? fields.flag("use_sliding_window")
      : fields.has("sliding_window");
  if (!usesWindow) return Array.from({ length: bounded(layers) }, () => "full");
  if (every !== undefined) return everyNth(layers, every, "sliding");
  const type = fields.text("model_type") ?? "";
  if (type === "gemma2") return everyNth(layers, 2, "sliding");
  if (allWindowed.has(type)) return Array.from({ length: bounded(layers) }, () => "sliding");
  fields.miss("layer_types");
  return [];
}

/** With a window, all of their layers have it. */
const allWindowed = new Set(["mistral", "mixtral", "phi3", "starcoder2", "phi3small"]);

function listedLayers(fields: ConfigFields, layers: number): readonly Memory[] | undefined {
  const types = fields.list("layer_types") ?? fields.list("layers_block_type");
  if (types !== undefined) return namedLayers(types, fields, layers);
  const marks = fields.text("hybrid_override_pattern");
  if (marks !== undefined) return markedLayers(marks, fields, layers);
  const windows = fields.list("hybrid_layer_pattern");
  if (windows !== undefined) return windows.map((mark) => (mark === 1 ? "sliding" : "full"));
  const rotary = fields.list("no_rope_layers");
  if (rotary === undefined || !fields.has("attention_chunk_size")) return undefined;
  return rotary.map((mark) => (mark === 1 ? "chunked-local" : "full"));
}

function namedLayers(types: readonly unknown[], fields: ConfigFields, layers: number): readonly Memory[] {
  const pattern = types.flatMap((type) => (typeof type === "string" ? (names.get(type) ?? []) : []));
  if (pattern.length !== types.length || types.length !== layers) fields.miss("layer_types");
  return pattern;
}

/** Nemotron-H: `M` Mamba 2, `*` attention, `-` MLP, `E` experts. */
function markedLayers(marks: string, fields: ConfigFields, layers: number): readonly Memory[] {
  const meanings: Readonly<Record<string, Memory>> = { M: "mamba2", "*": "full", "-": "mlp-only", E: "moe-only" };
  const pattern = [...marks].flatMap((mark) => (Object.hasOwn(meanings, mark) ? [meanings[mark] as Memory] : []));
  if (pattern.length !== layers) fields.miss("hybrid_override_pattern");
  return pattern;
}

/** One layer in `every` keeps everything. */
function everyNth(layers: number, every: number, otherwise: Memory): readonly Memory[] {
  return Array.from({ length: bounded(layers) }, (_, index) => ((index + 1) % every === 0 ? "full" : otherwise));
}

/** No model is deeper; a hostile number of layers must not become a list. */
function bounded(layers: number): number {
  return Math.min(layers, 4096);
}
