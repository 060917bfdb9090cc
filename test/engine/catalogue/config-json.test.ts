import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { findModel, shapeFromConfig } from "../../../server/engine/catalogue/public.ts";

const llama = {
  model_type: "llama",
  hidden_size: 4096,
  intermediate_size: 14_336,
  num_attention_heads: 32,
  num_hidden_layers: 32,
  num_key_value_heads: 8,
  vocab_size: 128_256,
  max_position_embeddings: 131_072,
  torch_dtype: "bfloat16",
};

function shape(config: unknown) {
  const read = shapeFromConfig(config, "own/model");
  assert.ok("shape" in read, JSON.stringify(read));
  return read.shape;
}

function missing(config: unknown) {
  const read = shapeFromConfig(config, "own/model");
  return "missing" in read ? read.missing : [];
}

const pattern = (layers: number, every: number, full: string, other: string) =>
  Array.from({ length: layers }, (_, index) => ((index + 1) % every === 0 ? full : other));

describe("the shape in a config.json", () => {
  test("of a dense model is the catalogue's, its parameters included", () => {
    const read = shape(llama);
    const known = findModel("meta-llama/Llama-3.1-8B-Instruct")?.model;
    assert.deepEqual(read.layerGroups, known?.layerGroups);
    assert.equal(((read.parameters ?? 0) / 1e9).toFixed(2), "8.03");
  });

  test("has the head size that is said, not hidden / heads", () => {
    const { layerGroups } = shape({
      ...llama,
      model_type: "qwen3",
      head_dim: 128,
      hidden_size: 5120,
      num_attention_heads: 64,
    });
    assert.deepEqual(layerGroups, [{ kind: "full", layers: 32, keyValueHeads: 8, keyDim: 128, valueDim: 128 }]);
  });

  test("stands in text_config where there is a vision part", () => {
    assert.equal(shape({ text_config: llama, vision_config: {} }).multimodal, true);
    assert.equal(shape({ torch_dtype: "bfloat16", text_config: { ...llama, torch_dtype: undefined } }).layers, 32);
  });

  test("is a latent wherever there is one, whatever the head sizes say", () => {
    const { layerGroups } = shape({
      ...llama,
      kv_lora_rank: 512,
      qk_rope_head_dim: 64,
      head_dim: 64,
      index_head_dim: 128,
    });
    assert.deepEqual(layerGroups, [{ kind: "mla", layers: 32, latentRank: 512, ropeDim: 64, indexDim: 128 }]);
  });

  test("counts windows and linear layers by layer_types", () => {
    const windows = {
      ...llama,
      layer_types: pattern(32, 2, "full_attention", "sliding_attention"),
      sliding_window: 128,
    };
    assert.deepEqual(
      shape(windows).layerGroups.map(({ kind, layers }) => [kind, layers]),
      [
        ["sliding", 16],
        ["full", 16],
      ],
    );
    const qwen = {
      ...llama,
      model_type: "qwen3_5",
      head_dim: 256,
      num_hidden_layers: 64,
      layer_types: pattern(64, 4, "full_attention", "linear_attention"),
      linear_num_key_heads: 16,
      linear_num_value_heads: 48,
      linear_key_head_dim: 128,
      linear_value_head_dim: 128,
      linear_conv_kernel_dim: 4,
    };
    assert.deepEqual(
      new Set(shape({ ...qwen, num_attention_heads: 24, num_key_value_heads: 4 }).layerGroups),
      new Set(findModel("Qwen/Qwen3.5-27B")?.model.layerGroups),
    );
  });

  test("reads the patterns of Nemotron-H, Jamba, Gemma 3 and Llama 4", () => {
    const kinds = (config: object) =>
      Object.fromEntries(shape({ ...llama, ...config }).layerGroups.map(({ kind, layers }) => [kind, layers]));
    assert.deepEqual(kinds({ num_hidden_layers: 6, hybrid_override_pattern: "M-M*-E" }), {
      mamba2: 2,
      "mlp-only": 2,
      full: 1,
      "moe-only": 1,
    });
    assert.deepEqual(kinds({ model_type: "jamba", attn_layer_period: 8, attn_layer_offset: 4 }), {
      mamba1: 28,
      full: 4,
    });
    assert.deepEqual(kinds({ head_dim: 256, sliding_window: 1024, sliding_window_pattern: 6, num_hidden_layers: 62 }), {
      sliding: 52,
      full: 10,
    });
    assert.deepEqual(kinds({ attention_chunk_size: 8192, num_hidden_layers: 48 }), { "chunked-local": 36, full: 12 });
  });

  test("a window that is switched off is none", () => {
    assert.equal(shape({ ...llama, sliding_window: 131_072, use_sliding_window: false }).layerGroups[0]?.kind, "full");
  });

  test("says how the weights are stored", () => {
    const stored = (quantization_config: object) => shape({ ...llama, quantization_config }).quantization;
    assert.equal(stored({ quant_method: "fp8" }), "fp8");
    assert.equal(stored({ quant_method: "awq", bits: 4 }), "awq");
    assert.equal(stored({ quant_method: "gptq", bits: 8 }), "int8");
    assert.equal(
      stored({
        quant_method: "compressed-tensors",
        config_groups: { group_0: { weights: { num_bits: 8, type: "float" } } },
      }),
      "fp8",
    );
    assert.equal(stored({ quant_method: "modelopt", quant_algo: "NVFP4" }), "nvfp4");
    assert.equal(stored({ quant_method: "novel" }), "novel");
  });
});

describe("what a config.json lacks", () => {
  const without = (name: keyof typeof llama) =>
    Object.fromEntries(Object.entries(llama).filter(([key]) => key !== name));
  for (const name of [
    "num_hidden_layers",
    "num_attention_heads",
    "hidden_size",
    "num_key_value_heads",
    "torch_dtype",
  ] as const) {
    test(`is named: ${name}`, () => assert.deepEqual(missing(without(name)), [name]));
  }

  test("is the head size where a family has one of its own, and the pattern where a window stands alone", () => {
    assert.deepEqual(missing({ ...llama, model_type: "gemma3_text" }), ["head_dim"]);
    assert.deepEqual(missing({ ...llama, model_type: "newmodel", sliding_window: 4096 }), ["layer_types"]);
    assert.deepEqual(missing({ ...llama, layer_types: ["full_attention", "novel"] }), ["layer_types"]);
  });

  const hostile: readonly unknown[] = [
    null,
    [],
    "text",
    JSON.parse('{"__proto__": {"num_hidden_layers": 3}}'),
    { ...llama, num_hidden_layers: 1e9 },
    { ...llama, num_hidden_layers: "32" },
    { ...llama, num_attention_heads: -1 },
    { ...llama, layer_types: [{ toString: 1 }] },
    { text_config: { text_config: {} } },
  ];
  for (const config of hostile) {
    test(`nothing of ${JSON.stringify(config)?.slice(0, 60)} is believed`, () => assert.ok(missing(config).length > 0));
  }

  test("anything at all is read without an exception", () => {
    const key = fc.constantFrom(
      ...Object.keys(llama),
      "text_config",
      "layer_types",
      "quantization_config",
      "kv_lora_rank",
      "sliding_window",
      "__proto__",
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(1, 8, 4096, 1e12, -1, 0.5, null, true, "llama", ""),
        fc.array(tie("any"), { maxLength: 4 }),
        fc.dictionary(key, tie("any")),
      ),
    })).any;
    fc.assert(fc.property(fc.dictionary(key, value), (config) => void shapeFromConfig(config, "x")));
  });
});
