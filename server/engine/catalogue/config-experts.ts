import type { ConfigFields } from "./config-fields.ts";
import type { Experts } from "./model-shape.ts";

/** Architectures whose experts have the width that is otherwise the MLP's. */
const wideExperts = new Set(["mixtral", "gpt_oss", "minimax", "minimax_m2"]);
/** Architectures with a layer pattern of their own, or with experts of another form. */
const otherwise = new Set(["llama4", "llama4_text", "nemotron_h", "jamba", "granitemoehybrid", "zamba2"]);

/**
 * The experts of a mixture, where every layer has them after the first ones that a `config.json` may except. Absent where it
 * does not say all of it.
 */
export function expertsOf(fields: ConfigFields, layers: number, hiddenSize: number): Experts | undefined {
  const type = fields.text("model_type") ?? "";
  const count = fields.number("num_local_experts", "num_experts", "n_routed_experts") ?? 0;
  const perToken = fields.number("num_experts_per_tok", "experts_per_token", "top_k_experts");
  const width =
    fields.number("moe_intermediate_size") ?? (wideExperts.has(type) ? fields.number("intermediate_size") : undefined);
  if (count <= 1 || perToken === undefined || perToken > count || width === undefined) return undefined;
  if (otherwise.has(type) || isPatterned(fields)) return undefined;
  const sparse = layers - (fields.number("first_k_dense_replace") ?? 0);
  return sparse > 0 ? { count, perToken, parameters: sparse * count * 3 * hiddenSize * width } : undefined;
}

function isPatterned(fields: ConfigFields): boolean {
  const steps = ["decoder_sparse_step", "moe_layer_freq", "interleave_moe_layer_step", "expert_layer_period"];
  const lists = ["mlp_only_layers", "moe_layer_freq", "moe_layers", "mlp_layer_types"];
  return (
    steps.some((name) => (fields.number(name) ?? 1) > 1) || lists.some((name) => (fields.list(name)?.length ?? 0) > 0)
  );
}
